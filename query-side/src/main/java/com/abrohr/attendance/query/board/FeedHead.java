package com.abrohr.attendance.query.board;

import org.jspecify.annotations.Nullable;

/**
 * How far a company's feed is numbered.
 *
 * @param rebuiltTo the last number before the group was reset; null when no rebuild is to be judged
 */
record FeedHead(String companyId, long lastSeq, long managersSeq, @Nullable Long rebuiltTo) {}
