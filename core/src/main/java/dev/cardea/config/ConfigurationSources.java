package dev.cardea.config;

import java.util.ServiceConfigurationError;

/** Finds the source of this deployment: MicroProfile Config where the server has it, {@link StandaloneSource} elsewhere. */
public final class ConfigurationSources {
    private static final System.Logger LOGGER = System.getLogger(ConfigurationSources.class.getName());

    private ConfigurationSources() {}

    /** The source for the application whose class loader is the thread's context class loader. */
    public static ConfigurationSource ofDeployment() {
        try {
            return MicroProfileConfigSource.ofDeployment();
        } catch (NoClassDefFoundError absent) {
            // The usual case on Tomcat, Jetty and Liberty without its feature: nothing to see.
            LOGGER.log(System.Logger.Level.DEBUG, "no MicroProfile Config: {0}", absent.toString());
        } catch (LinkageError | IllegalStateException | ServiceConfigurationError unusable) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "MicroProfile Config is present but unusable, so cardea.* is read from system properties, "
                            + "environment variables and META-INF/microprofile-config.properties: {0}",
                    unusable.toString());
        }
        return StandaloneSource.ofDeployment();
    }
}
