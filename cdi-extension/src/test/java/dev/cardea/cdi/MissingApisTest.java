package dev.cardea.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Test;

/** The one jar runs where JAX-RS, Jakarta Concurrency, or even the Servlet API, is absent; a container must start with it all the same. */
class MissingApisTest {
    @ApplicationScoped
    static class Orders {
        @Inject
        Caller caller;
    }

    /** Runs in a class loader of its own; says which of the types are beans. */
    public static final class WithoutJaxRs implements Callable<List<String>> {
        @Override
        public List<String> call() {
            try (WeldContainer container = new Weld()
                    .addBeanClasses(Orders.class, TestRequest.Producer.class)
                    .initialize()) {
                container.select(Orders.class).get();
                return injectable(container);
            }
        }
    }

    /** As above, with no bean that needs a servlet request. */
    public static final class WithoutServlets implements Callable<List<String>> {
        @Override
        public List<String> call() {
            try (WeldContainer container = new Weld().initialize()) {
                return injectable(container);
            }
        }
    }

    static List<String> injectable(WeldContainer container) {
        List<String> names = new ArrayList<>();
        for (String name : List.of("dev.cardea.Caller", "jakarta.ws.rs.core.SecurityContext")) {
            try {
                Class<?> type = Class.forName(name);
                if (!container.getBeanManager().getBeans(type).isEmpty()) {
                    names.add(name);
                }
            } catch (ClassNotFoundException e) {
                names.add("no " + name);
            }
        }
        return names;
    }

    @Test
    void startsWithoutJaxRs() throws Exception {
        assertThat(run(WithoutJaxRs.class, "jakarta\\.ws\\.rs-api-.*"))
                .containsExactly("dev.cardea.Caller", "no jakarta.ws.rs.core.SecurityContext");
        assertThat(run(WithoutJaxRs.class, "nothing"))
                .containsExactly("dev.cardea.Caller", "jakarta.ws.rs.core.SecurityContext");
    }

    @Test
    void startsWithoutConcurrency() throws Exception {
        assertThat(run(WithoutJaxRs.class, "jakarta\\.enterprise\\.concurrent-api-.*"))
                .containsExactly("dev.cardea.Caller", "jakarta.ws.rs.core.SecurityContext");
    }

    @Test
    void startsWithoutServlets() throws Exception {
        assertThat(run(WithoutServlets.class, "jakarta\\.(ws\\.rs|servlet)-api-.*"))
                .containsExactly("no jakarta.ws.rs.core.SecurityContext");
    }

    @SuppressWarnings("unchecked")
    private static List<String> run(Class<? extends Callable<List<String>>> program, String missing) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = classPathWithout(Pattern.compile(missing))) {
            thread.setContextClassLoader(loader);
            Object copy = loader.loadClass(program.getName()).getConstructor().newInstance();
            return ((Callable<List<String>>) copy).call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URLClassLoader classPathWithout(Pattern missing) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator))) {
            File file = new File(entry);
            if (!missing.matcher(file.getName()).matches()) {
                urls.add(file.toURI().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
