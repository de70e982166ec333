import dev.cardea.shaded.ehcache.Cache;
import dev.cardea.shaded.ehcache.CacheManager;
import dev.cardea.shaded.ehcache.config.builders.CacheConfigurationBuilder;
import dev.cardea.shaded.ehcache.config.builders.CacheManagerBuilder;
import dev.cardea.shaded.ehcache.config.builders.ResourcePoolsBuilder;
import java.util.HashSet;
import java.util.Set;

/**
 * Fills a relocated heap cache beyond its limit, in a JVM that has the one jar and nothing else. Prints how many entries
 * remain and how many of the oldest thousand survived.
 */
public final class HeapCache {

    private static final int LIMIT = 1_000;

    public static void main(String[] arguments) {
        CacheConfigurationBuilder<String, String> entries = CacheConfigurationBuilder.newCacheConfigurationBuilder(
                String.class, String.class, ResourcePoolsBuilder.heap(LIMIT));
        try (CacheManager manager = CacheManagerBuilder.newCacheManagerBuilder()
                .withCache("tokens", entries)
                .build(true)) {
            Cache<String, String> cache = manager.getCache("tokens", String.class, String.class);
            for (int number = 0; number < 20 * LIMIT; number++) {
                cache.put("key" + number, "value" + number);
                if (!cache.containsKey("hot")) {
                    cache.put("hot", "value");
                }
            }
            cache.put("kept", "value");
            if (!"value".equals(cache.get("kept")) || cache.putIfAbsent("kept", "other") == null) {
                throw new IllegalStateException("the entry just written is not there");
            }
            cache.remove("kept");
            Set<String> remaining = new HashSet<>();
            cache.forEach(entry -> remaining.add(entry.getKey()));
            long oldest = remaining.stream()
                    .filter(key -> key.startsWith("key") && Integer.parseInt(key.substring(3)) < LIMIT)
                    .count();
            System.out.println("entries=" + remaining.size() + " oldest=" + oldest);
        }
    }
}
