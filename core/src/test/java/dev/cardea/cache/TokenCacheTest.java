package dev.cardea.cache;

class TokenCacheTest extends TokenCacheContract {}
