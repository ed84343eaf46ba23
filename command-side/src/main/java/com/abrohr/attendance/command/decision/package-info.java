/**
 * What every decision is taken with: its circumstances, and the rules that more than one feature
 * obeys.
 */
@NullMarked
package com.abrohr.attendance.command.decision;

import org.jspecify.annotations.NullMarked;
