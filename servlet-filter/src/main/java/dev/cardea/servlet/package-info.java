/**
 * Cardea in a servlet container: {@link dev.cardea.servlet.CardeaInitializer} registers
 * {@link dev.cardea.servlet.CardeaFilter}, which sees every request first.
 */
@NullMarked
package dev.cardea.servlet;

import org.jspecify.annotations.NullMarked;
