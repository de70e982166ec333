/**
 * Issuer profiles: in what each product's access tokens differ from RFC 9068, one file per product, as data.
 */
@NullMarked
package dev.cardea.profile;

import org.jspecify.annotations.NullMarked;
