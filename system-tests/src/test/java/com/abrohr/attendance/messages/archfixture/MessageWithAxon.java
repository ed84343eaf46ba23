package com.abrohr.attendance.messages.archfixture;

import org.axonframework.commandhandling.CommandMessage;

/** Illegal: a message that knows the framework. */
public record MessageWithAxon(CommandMessage<?> origin) {}
