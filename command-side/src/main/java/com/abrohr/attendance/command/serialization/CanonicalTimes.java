package com.abrohr.attendance.command.serialization;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;
import tools.jackson.databind.ext.javatime.deser.LocalDateDeserializer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads instants and dates as the log writes them, {@code 2026-11-23T09:00:00.123456Z} and {@code
 * 2026-11-23}, digit by digit: the formatters of the JDK would be half of what reading an event
 * costs. Whatever else there is, is left to Jackson.
 */
final class CanonicalTimes {
    private static final int DATE = "2026-11-23".length();
    private static final int SECONDS = "2026-11-23T09:00:00".length();
    private static final int MOST_DECIMALS = 9;
    private static final int SECONDS_OF_DAY = 86_400;

    private CanonicalTimes() {}

    static final class Instants extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        Instants() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) {
            Instant canonical = json.hasToken(JsonToken.VALUE_STRING) ? instant(json) : null;
            return canonical == null
                    ? InstantDeserializer.INSTANT.deserialize(json, context)
                    : canonical;
        }
    }

    static final class Dates extends StdDeserializer<LocalDate> {
        private static final long serialVersionUID = 1L;

        Dates() {
            super(LocalDate.class);
        }

        @Override
        public LocalDate deserialize(JsonParser json, DeserializationContext context) {
            LocalDate canonical =
                    json.hasToken(JsonToken.VALUE_STRING) && json.getStringLength() == DATE
                            ? date(json.getStringCharacters(), json.getStringOffset())
                            : null;
            return canonical == null
                    ? LocalDateDeserializer.INSTANCE.deserialize(json, context)
                    : canonical;
        }
    }

    private static @Nullable Instant instant(JsonParser json) {
        char[] text = json.getStringCharacters();
        int from = json.getStringOffset();
        int length = json.getStringLength();
        int decimals = length - SECONDS - 2;
        if (length <= SECONDS
                || text[from + length - 1] != 'Z'
                || text[from + 10] != 'T'
                || text[from + 13] != ':'
                || text[from + 16] != ':'
                || decimals == 0
                || decimals > MOST_DECIMALS
                || decimals > 0 && text[from + SECONDS] != '.') {
            return null;
        }
        LocalDate date = date(text, from);
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        int nano = number(text, from + SECONDS + 1, Math.max(0, decimals));
        if (date == null
                || hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 59
                || nano < 0) {
            return null;
        }
        for (int i = Math.max(0, decimals); i < MOST_DECIMALS; i++) {
            nano *= 10;
        }
        return Instant.ofEpochSecond(
                date.toEpochDay() * SECONDS_OF_DAY + (hour * 60L + minute) * 60 + second, nano);
    }

    private static @Nullable LocalDate date(char[] text, int from) {
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        if (year < 0 || month < 0 || day < 0 || text[from + 4] != '-' || text[from + 7] != '-') {
            return null;
        }
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** -1 where one of the characters is no digit. */
    private static int number(char[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
