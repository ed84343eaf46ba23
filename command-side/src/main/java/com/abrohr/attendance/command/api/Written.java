package com.abrohr.attendance.command.api;

import com.abrohr.attendance.messages.Receipt;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What a write is answered with.
 *
 * @param position opaque; a read that is given it shows this write
 */
record Written(@JsonUnwrapped Receipt receipt, String position) {}
