/** What somebody says is no longer to be relied upon, though it was true when it was learnt. */
@NullMarked
package dev.cardea.revocation;

import org.jspecify.annotations.NullMarked;
