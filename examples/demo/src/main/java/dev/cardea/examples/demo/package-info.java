/** The demo: starts an authorization server and an application server, and plays a scripted client against them. */
@NullMarked
package dev.cardea.examples.demo;

import org.jspecify.annotations.NullMarked;
