package io.sallyport.journey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All who are out in the storm: the members of the realm, and what is done by them and about them. */
final class Crowd {

    private final MfaRealm realm;
    private final List<MfaRealm> nodes;
    private final Book book;
    private final Sender sender;

    Crowd(List<MfaRealm> nodes, Book book) {
        this.realm = nodes.get(0);
        this.nodes = nodes;
        this.book = book;
        this.sender = new Sender(nodes, book);
    }

    /** One for each thread; files go to the desk. */
    List<Load> loads(Path desk) {
        List<Load> loads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            loads.add(new Guesser(sender, some(30, realm::enrolled)));
        }
        loads.add(new Locker(sender, some(100, realm::enrolled)));
        loads.add(new Recoverer(sender, some(40, realm::enrolled)));
        loads.add(new Enroller(sender, some(20, realm::enrolled)));
        loads.add(new Approver(sender, some(30, realm::enrolled)));
        loads.add(new Returner(sender, some(30, realm::enrolled)));
        loads.add(new Beginner(sender, some(150, realm::newcomer)));
        loads.add(new RuleMaker(sender, nodes, some(20, realm::newcomer)));
        loads.add(new Caretaker(sender, some(20, realm::newcomer), some(150, this::holder)));
        loads.add(new PageReader(sender, book));
        loads.add(new Exporter(sender, book, desk));
        return loads;
    }

    private Caretaker.Holder holder() {
        Member member = realm.enrolled();
        return new Caretaker.Holder(member, new HelpDesk(realm).factor(member));
    }

    private static <T> List<T> some(int many, Supplier<T> one) {
        return Stream.generate(one).limit(many).toList();
    }
}
