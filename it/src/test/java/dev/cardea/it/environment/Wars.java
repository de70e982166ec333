package dev.cardea.it.environment;

import dev.cardea.testkit.TestAuthorizationServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Web applications with the one jar in {@code WEB-INF/lib} and a configuration. */
public final class Wars {

    private static final String CONFIGURATION = "META-INF/microprofile-config.properties";

    private Wars() {}

    /** The example as it was built, configured for another authorization server. */
    public static WebArchive orders(String name, Map<String, String> configuration) {
        WebArchive war = ShrinkWrap.create(ZipImporter.class, name + ".war")
                .importFrom(Settings.path("it.orders").toFile())
                .as(WebArchive.class);
        war.delete("WEB-INF/classes/" + CONFIGURATION);
        return configured(war, configuration);
    }

    /** The WAR of shapes, configured for this run. */
    public static WebArchive shapes(String name, Map<String, String> configuration) {
        return configured(shapesAsBuilt(name), configuration);
    }

    /** The WAR of shapes as it is deployed by hand. */
    public static WebArchive shapesAsBuilt() {
        return shapesAsBuilt("shapes");
    }

    private static WebArchive shapesAsBuilt(String name) {
        return ShrinkWrap.create(ZipImporter.class, name + ".war")
                .importFrom(Settings.path("it.shapes").toFile())
                .as(WebArchive.class);
    }

    /** These classes, with their nested ones. */
    public static WebArchive of(String name, Map<String, String> configuration, Class<?>... classes) {
        return configured(ShrinkWrap.create(WebArchive.class, name + ".war"), configuration)
                .addClasses(classes)
                .addAsLibrary(Settings.path("it.bundle").toFile(), "cardea.jar");
    }

    /** The same without Cardea, to compare. */
    public static WebArchive without(String name, Class<?>... classes) {
        return ShrinkWrap.create(WebArchive.class, name + ".war").addClasses(classes);
    }

    /** With a jar in which these service files are missing. */
    public static WebArchive withoutServices(WebArchive war, String... services) {
        JavaArchive jar = ShrinkWrap.create(ZipImporter.class, "cardea.jar")
                .importFrom(Settings.path("it.bundle").toFile())
                .as(JavaArchive.class);
        for (String service : services) {
            if (jar.delete("META-INF/services/" + service) == null) {
                throw new IllegalStateException("there is no service " + service + " to leave out");
            }
        }
        war.delete("WEB-INF/lib/cardea.jar");
        return war.addAsLibrary(jar);
    }

    public static WebArchive webXml(WebArchive war, String attributes, String content) {
        return war.setWebXML(new StringAsset("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\" "
                + attributes + ">" + content + "</web-app>"));
    }

    /** With versions of the libraries inside the one jar that are not the ones inside. */
    public static WebArchive withLibrariesOfOthers(WebArchive war) {
        try (Stream<Path> libraries = Files.list(Settings.path("it.libraries-of-others"))) {
            libraries.map(Path::toFile).forEach(war::addAsLibrary);
            return war;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tokens of the real authorization server. */
    public static Map<String, String> trustingSpring() {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("cardea.issuer", SpringAuthorizationServer.shared().issuer());
        configuration.put("cardea.audience", SpringAuthorizationServer.AUDIENCE);
        configuration.put("cardea.introspection.client-id", "orders-api");
        configuration.put("cardea.introspection.client-secret", "orders-api-secret");
        configuration.put("cardea.allow-http-issuer", "true");
        return configuration;
    }

    /** Tokens of the authorization server in this JVM. */
    public static Map<String, String> trusting(TestAuthorizationServer server) {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("cardea.issuer", server.issuer());
        configuration.put("cardea.audience", TestAuthorizationServer.AUDIENCE);
        configuration.put("cardea.introspection.client-id", TestAuthorizationServer.CLIENT_ID);
        configuration.put("cardea.introspection.client-secret", TestAuthorizationServer.CLIENT_SECRET);
        configuration.put("cardea.allow-http-issuer", "true");
        return configuration;
    }

    private static WebArchive configured(WebArchive war, Map<String, String> configuration) {
        String client = configuration.get("cardea.introspection.client-id");
        String secret = configuration.get("cardea.introspection.client-secret");
        if (client != null && secret != null) {
            Used.client(client, secret);
        }
        String properties = configuration.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        return war.addAsResource(new StringAsset(properties), CONFIGURATION);
    }
}
