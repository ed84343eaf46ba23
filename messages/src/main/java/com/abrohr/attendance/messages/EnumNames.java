package com.abrohr.attendance.messages;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Reads the name of a constant in upper or lower case. */
public final class EnumNames {
    private static final int LAST_ASCII = 0x7F;

    private EnumNames() {}

    public static <E extends Enum<E>> Optional<E> find(Class<E> type, String text) {
        // Other letters have the same capitals as ASCII ones: a dotless i that of i.
        if (text.chars().anyMatch(character -> character > LAST_ASCII)) {
            return Optional.empty();
        }
        String name = text.toUpperCase(Locale.ROOT);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst();
    }
}
