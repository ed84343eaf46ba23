/** The subscription-query bridge: one watch per company and node, fanned out to rooms. */
@NullMarked
package com.abrohr.attendance.edge.bridge;

import org.jspecify.annotations.NullMarked;
