@NullMarked
package dev.cardea.examples.demo;

import org.jspecify.annotations.NullMarked;
