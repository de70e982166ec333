/** Files whose content is replaced while we run: secrets, keys, certificates. */
@NullMarked
package dev.cardea.file;

import org.jspecify.annotations.NullMarked;
