package io.sallyport.population.coverage;

/**
 * One thing that is known of users, gathered from the rows of a table about them.
 *
 * @param name what the statement calls it
 * @param value what is made of a user's rows, called {@code x}
 * @param entity the table
 * @param user whom a row is about
 * @param where which rows count
 */
record Column(String name, String value, String entity, String user, String where) {

    /** For very many users: the whole table, gathered once. */
    String join() {
        return " left join (select " + user + " as uid, " + value + " as v from " + entity + " x where " + where
                + " group by " + user + ") " + name + "x on " + name + "x.uid = u.id";
    }

    /** Where the join left it. */
    String joined() {
        return name + "x.v as " + name;
    }

    /** For few users: their rows alone. */
    String alone() {
        return "(select " + value + " from " + entity + " x where " + user + " = u.id and " + where + ") as " + name;
    }
}
