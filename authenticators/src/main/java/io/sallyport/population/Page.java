package io.sallyport.population;

import java.util.List;

/**
 * Users in the order of their ids.
 *
 * @param people those who can sign in
 * @param disabled how many others are disabled people
 * @param serviceAccounts how many others are service accounts
 * @param after id of the user before the first one
 * @param last id of the last user
 */
public record Page(List<Person> people, int disabled, int serviceAccounts, String after, String last) {

    public Page {
        people = List.copyOf(people);
    }

    /** How many users it has, of any kind. */
    public int size() {
        return people.size() + disabled + serviceAccounts;
    }
}
