/**
 * The {@code cardea.*} configuration as one validated record tree.
 */
@NullMarked
package dev.cardea.config;

import org.jspecify.annotations.NullMarked;
