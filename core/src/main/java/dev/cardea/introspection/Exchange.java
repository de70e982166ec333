package dev.cardea.introspection;

import dev.cardea.reject.UndeterminedException;

/** One call of an introspection endpoint, its trouble not told to anybody yet, since another call may do better. */
interface Exchange {
    Introspection ask(Question question) throws Trouble, UndeterminedException;

    /** Tells the operator of a trouble that has not passed. The exception is for whoever asked. */
    UndeterminedException tell(Trouble trouble);
}
