package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Cut;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jws.JWSBuilder;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Signs with the active key of the realm that its tokens are signed with, so that its JWKS is all that is needed. */
final class RealmSigning implements Signing {

    private static final String TREE = Checkpoint.CONTENT + ";tree=";

    private final KeycloakSession session;
    private final @Nullable RealmModel realm;
    private final FormerKeys former;

    /** For whoever only signs. */
    RealmSigning(KeycloakSession session, String realmId) {
        this(session, realmId, FormerKeys.NONE);
    }

    RealmSigning(KeycloakSession session, String realmId, FormerKeys former) {
        this.session = session;
        this.realm = session.realms().getRealm(realmId);
        this.former = former;
    }

    @Override
    public Optional<String> sign(Checkpoint checkpoint, String tree) {
        return realm == null
                ? Optional.empty()
                : Optional.of(sign(Checkpoint.TYPE, Optional.of(TREE + tree), checkpoint.payload()));
    }

    @Override
    public Optional<String> tree(String jws) {
        try {
            return Optional.ofNullable(new JWSInput(jws).getHeader().getContentType())
                    .filter(type -> type.startsWith(TREE))
                    .map(type -> type.substring(TREE.length()));
        } catch (JWSInputException none) {
            return Optional.empty();
        }
    }

    /** Anything else of the trail, of a type of its own. */
    String sign(String type, String payload) {
        return sign(type, Optional.empty(), payload);
    }

    private String sign(String type, Optional<String> contentType, String payload) {
        RealmModel signer = Objects.requireNonNull(realm, "the realm is gone");
        RealmModel before = session.getContext().getRealm();
        session.getContext().setRealm(signer);
        try {
            SignatureProvider signature = session.getProvider(SignatureProvider.class, algorithm(signer));
            JWSBuilder builder = new JWSBuilder().type(type);
            contentType.ifPresent(builder::contentType);
            return builder.content(payload.getBytes(StandardCharsets.UTF_8)).sign(signature.signer());
        } finally {
            session.getContext().setRealm(before);
        }
    }

    @Override
    public Optional<String> sign(Cut cut) {
        return realm == null ? Optional.empty() : Optional.of(sign(Cut.TYPE, cut.payload()));
    }

    @Override
    public Finding check(String jws, Checkpoint checkpoint) {
        return check(jws, checkpoint.payload());
    }

    @Override
    public Finding check(String jws, Cut cut) {
        return check(jws, cut.payload());
    }

    @Override
    public Optional<String> payload(String jws) {
        return KeptCheckpoint.payload(jws);
    }

    private Finding check(String jws, String payload) {
        if (realm == null) {
            return Finding.NO_REALM;
        }
        session.getContext().setRealm(realm);
        try {
            JWSInput input = new JWSInput(jws);
            String algorithm = input.getHeader().getRawAlgorithm();
            SignatureProvider signature = session.getProvider(SignatureProvider.class, algorithm);
            if (signature == null
                    || !signature.isAsymmetricAlgorithm()
                    || !payload.equals(new String(input.getContent(), StandardCharsets.UTF_8))) {
                return Finding.FORGED;
            }
            Optional<KeyWrapper> key = key(realm, input.getHeader().getKeyId(), algorithm);
            if (key.isEmpty()) {
                return Finding.UNKNOWN_KEY;
            }
            byte[] signed = input.getEncodedSignatureInput().getBytes(StandardCharsets.UTF_8);
            return signature.verifier(key.get()).verify(signed, input.getSignature())
                    ? Finding.GENUINE
                    : Finding.FORGED;
        } catch (JWSInputException | VerificationException forged) {
            return Finding.FORGED;
        }
    }

    /** One that was retired or disabled signs no tokens, but what it signed here was the realm's word. */
    private Optional<KeyWrapper> key(RealmModel signer, @Nullable String id, String algorithm) {
        Predicate<KeyWrapper> wanted = key -> key.getKid().equals(id)
                && key.getUse() == KeyUse.SIG
                && key.getAlgorithmOrDefault().equals(algorithm);
        return session.keys()
                .getKeysStream(signer)
                .filter(wanted)
                .findFirst()
                .or(() -> former.of(signer.getId()).stream().filter(wanted).findFirst());
    }

    /** The realm's own for tokens, unless it is one that only the realm could verify. */
    private String algorithm(RealmModel from) {
        return Stream.ofNullable(from.getDefaultSignatureAlgorithm())
                .filter(name -> !name.isEmpty())
                .filter(name -> Optional.ofNullable(session.getProvider(SignatureProvider.class, name))
                        .map(SignatureProvider::isAsymmetricAlgorithm)
                        .orElse(false))
                .findFirst()
                .orElse(Algorithm.RS256);
    }
}
