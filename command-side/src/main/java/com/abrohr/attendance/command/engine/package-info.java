/**
 * The command bus: admits, executes and answers commands. It knows no feature; a feature registers
 * its {@link com.abrohr.attendance.command.engine.AggregateType}.
 */
@NullMarked
package com.abrohr.attendance.command.engine;

import org.jspecify.annotations.NullMarked;
