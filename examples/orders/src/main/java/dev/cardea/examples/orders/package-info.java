/** An orders API secured by annotations and {@code META-INF/microprofile-config.properties}, nothing else. */
@NullMarked
package dev.cardea.examples.orders;

import org.jspecify.annotations.NullMarked;
