package dev.cardea.it.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.testkit.contract.RawHttp;
import dev.cardea.testkit.contract.RawResponse;
import java.io.IOException;

/** A deployed application, as its clients see it. */
public final class Application {

    private final String name;
    private final RawHttp http;

    private Application(String name) {
        this.name = name;
        this.http = RawHttp.to(Server.application(name)).heardBy(Used::request);
    }

    public static Application at(String name) {
        return new Application(name);
    }

    public RawResponse get(String path) throws IOException {
        return http.get(path).send();
    }

    public RawResponse get(String path, String token) throws IOException {
        return http.get(path).bearer(token).send();
    }

    /** Closed to nobody, to a bad token, to {@code insufficient}; and open to {@code sufficient}, or all that proves nothing. */
    public void assertGuarded(String path, String insufficient, String sufficient) throws IOException {
        assertNeedsToken(path, sufficient);
        RawResponse forbidden = get(path, insufficient);
        assertThat(forbidden.status()).as("%s%s with too little", name, path).isEqualTo(403);
        assertThat(forbidden.all("WWW-Authenticate"))
                .anySatisfy(challenge -> assertThat(challenge).contains("insufficient_scope"));
    }

    /** As {@link #assertGuarded}, where any caller will do. */
    public void assertNeedsToken(String path, String valid) throws IOException {
        RawResponse anonymous = get(path);
        RawResponse bad = get(path, "never-issued-by-anybody");
        RawResponse granted = get(path, valid);

        assertThat(anonymous.status()).as("%s%s anonymously", name, path).isEqualTo(401);
        assertThat(anonymous.all("WWW-Authenticate"))
                .anySatisfy(challenge -> assertThat(challenge).startsWith("Bearer "));
        assertThat(bad.status()).as("%s%s with a bad token", name, path).isEqualTo(401);
        assertThat(anonymous.body() + bad.body()).doesNotContain("secret");
        assertThat(granted.status()).as("%s%s with the right token", name, path).isEqualTo(200);
        assertThat(granted.body()).isEqualTo("secret");
    }

    /** Whatever it answers, it is not the secret. */
    public void assertNotOpen(String path) throws IOException {
        RawResponse anonymous = get(path);

        assertThat(anonymous.status()).as("%s%s anonymously", name, path).isGreaterThanOrEqualTo(400);
        assertThat(anonymous.body()).doesNotContain("secret");
    }
}
