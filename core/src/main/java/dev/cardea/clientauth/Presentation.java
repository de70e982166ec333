package dev.cardea.clientauth;

/** How credentials of one kind go into a call. Thread-safe. */
interface Presentation<C> {
    FormCall with(FormCall call, C credentials);
}
