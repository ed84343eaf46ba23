package com.abrohr.attendance.command.archfixture;

/** Illegal: renaming a class would change what the log calls its objects. */
public final class NamedByItsClass {

    String nameInTheLog(Object event) {
        return event.getClass().getSimpleName();
    }
}
