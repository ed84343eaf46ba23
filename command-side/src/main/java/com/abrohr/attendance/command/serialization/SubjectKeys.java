package com.abrohr.attendance.command.serialization;

import com.abrohr.attendance.messages.PersonalData.Category;

import org.jspecify.annotations.Nullable;

import javax.crypto.SecretKey;

/**
 * The keys of personal data: one per employee and category, so that destroying it erases what it
 * enciphers.
 */
public interface SubjectKeys {
    record Subject(String companyId, String employeeId, Category category) {}

    /**
     * The key to write with, made on first use; null when it was destroyed, and then nothing of
     * this category may be written any more.
     */
    @Nullable SecretKey forWriting(Subject subject);

    /** The key to read with; null when there is none (any more). */
    @Nullable SecretKey forReading(Subject subject);
}
