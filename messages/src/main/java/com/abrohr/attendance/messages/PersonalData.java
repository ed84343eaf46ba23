package com.abrohr.attendance.messages;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a String component of an event as personal data of the event's employee: it is stored
 * encrypted under a key of that employee and class, so that destroying the key erases it while the
 * log stays as it is. Reading it after erasure gives null, so such a component is always nullable.
 */
@Documented
@Target({
    ElementType.RECORD_COMPONENT,
    ElementType.FIELD,
    ElementType.METHOD,
    ElementType.PARAMETER
})
@Retention(RetentionPolicy.RUNTIME)
public @interface PersonalData {
    Category value();

    enum Category {
        NAME,
        LOCATION,
        FREE_TEXT
    }
}
