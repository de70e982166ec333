package dev.cardea.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

/** Against SmallRye Config, which WildFly and Open Liberty have. */
class MicroProfileConfigSourceTest extends ConfigurationSourceContract {
    @Override
    ConfigurationSource source(Map<String, String> system, Map<String, String> environment, Map<String, String> file) {
        int ordinal = Integer.parseInt(file.getOrDefault("config_ordinal", "100"));
        Config config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(
                        new PropertiesConfigSource(system, "system", 400),
                        new EnvConfigSource(environment, 300),
                        new PropertiesConfigSource(file, "file", ordinal))
                .build();
        return new MicroProfileConfigSource(config, environment);
    }

    @Test
    void isWhatTheServerConfiguredForTheApplication() {
        assertThat(ConfigurationSources.ofDeployment()).isInstanceOf(MicroProfileConfigSource.class);
    }
}
