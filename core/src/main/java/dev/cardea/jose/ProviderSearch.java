package dev.cardea.jose;

import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds who verifies, and tries them out. For one thread, once. */
final class ProviderSearch {
    private static final String KEY = CryptoProvider.KEY;

    private final KnownAnswers answers = KnownAnswers.read();
    private final Map<SignatureAlgorithm, Provider> chosen = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<SignatureAlgorithm, String> algorithms = new LinkedHashMap<>();
    private final ClassLoader[] loaders;

    /** @param names of algorithms that signatures may have */
    ProviderSearch(Set<String> names, ClassLoader... loaders) {
        for (String name : new TreeSet<>(names)) {
            algorithms.put(SignatureAlgorithm.required(name), name);
        }
        this.loaders = loaders;
    }

    /** For each algorithm the first that has it, answers as it should, and is faster than the Java platform's own. */
    CryptoProvider fastest() {
        for (KnownProvider known : KnownProvider.values()) {
            List<SignatureAlgorithm> wanted = algorithms.keySet().stream()
                    .filter(algorithm -> known.isFasterFor(algorithm) && !chosen.containsKey(algorithm))
                    .toList();
            Provider provider = wanted.isEmpty() ? null : findOrWarn(known);
            if (provider != null) {
                choose(provider, wanted);
            }
        }
        return new CryptoProvider(chosen, false, warnings);
    }

    private @Nullable Provider findOrWarn(KnownProvider known) {
        try {
            return known.find(loaders);
        } catch (UnusableProviderException e) {
            warnings.add(e.getMessage() + "; it verifies nothing here");
            return null;
        }
    }

    private void choose(Provider provider, List<SignatureAlgorithm> wanted) {
        List<String> faults = new ArrayList<>();
        boolean any = false;
        for (SignatureAlgorithm algorithm : wanted) {
            if (algorithm.isOf(provider)) {
                any = true;
                String fault = answers.faultOf(provider, algorithm);
                if (fault == null) {
                    chosen.put(algorithm, provider);
                } else {
                    faults.add("its " + algorithms.get(algorithm) + " " + fault);
                }
            }
        }
        if (!faults.isEmpty()) {
            warnings.add(CryptoProvider.described(provider) + " does not verify as it should: "
                    + String.join("; ", faults) + ". Others verify these");
        } else if (!any) {
            warnings.add(CryptoProvider.described(provider) + " is there, but has none of " + algorithms.values()
                    + ": most likely no native library for this platform");
        }
    }

    /** @throws IllegalArgumentException if it is not there, or does not verify each of the algorithms as it should */
    CryptoProvider named(String setting) {
        Provider provider = find(setting);
        List<String> missing = new ArrayList<>();
        algorithms.forEach((algorithm, name) -> {
            if (!algorithm.isOf(provider)) {
                missing.add(name);
                return;
            }
            String fault = answers.faultOf(provider, algorithm);
            if (fault != null) {
                throw new IllegalArgumentException(KEY + ": " + CryptoProvider.described(provider)
                        + " does not verify as it should: its " + name + " " + fault + "; write another provider, or "
                        + CryptoProvider.AUTO);
            }
            chosen.put(algorithm, provider);
        });
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(KEY + ": " + CryptoProvider.described(provider) + " does not have "
                    + missing + "; write cardea.jwt.algorithms and cardea.dpop.algorithms without them, or " + KEY + "="
                    + CryptoProvider.AUTO);
        }
        return new CryptoProvider(chosen, true, List.of());
    }

    private Provider find(String setting) {
        String missing = null;
        for (KnownProvider known : KnownProvider.values()) {
            if (known.word().equals(setting)) {
                Provider provider = findOrFail(known);
                if (provider != null) {
                    return provider;
                }
                missing = missing == null ? known.artifact() : missing;
            }
        }
        Provider installed = Security.getProvider(setting);
        if (installed != null) {
            return installed;
        }
        throw new IllegalArgumentException(KEY + ": there is no provider '" + setting + "'; "
                + (missing == null
                        ? "write " + CryptoProvider.AUTO + ", " + CryptoProvider.JDK
                                + ", corretto, conscrypt, bouncycastle, or one of " + installedNames()
                        : "add " + missing + " to the server or to the application, or write " + CryptoProvider.AUTO));
    }

    private @Nullable Provider findOrFail(KnownProvider known) {
        try {
            return known.find(loaders);
        } catch (UnusableProviderException e) {
            throw new IllegalArgumentException(KEY + ": " + e.getMessage(), e);
        }
    }

    private static Set<String> installedNames() {
        Set<String> names = new TreeSet<>();
        for (Provider provider : Security.getProviders()) {
            names.add(provider.getName());
        }
        return names;
    }
}
