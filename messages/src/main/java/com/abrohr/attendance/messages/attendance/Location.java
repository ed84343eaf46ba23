package com.abrohr.attendance.messages.attendance;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/**
 * Where a punch was made, WGS 84.
 *
 * @param lat degrees, -90 to 90
 * @param lng degrees, -180 to 180
 * @param accuracy radius in metres, 0 or more; null where the device gave none
 */
public record Location(double lat, double lng, @Nullable Double accuracy) {
    /** A component that no place has. */
    public static final class OutOfRange extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String component;
        private final String fault;

        OutOfRange(String component, String fault) {
            super(component + " " + fault);
            this.component = component;
            this.fault = fault;
        }

        public String component() {
            return component;
        }

        /** What is wrong with it, as in "must be between -90 and 90". */
        public String fault() {
            return fault;
        }
    }

    /**
     * @throws OutOfRange for what is no place on the earth
     */
    public Location {
        if (!(lat >= -90 && lat <= 90)) {
            throw new OutOfRange("lat", "must be between -90 and 90");
        }
        if (!(lng >= -180 && lng <= 180)) {
            throw new OutOfRange("lng", "must be between -180 and 180");
        }
        if (accuracy != null && !(accuracy >= 0 && accuracy <= 1e8)) {
            throw new OutOfRange("accuracy", "must be metres, 0 or more");
        }
    }

    /** As a geo URI (RFC 5870), the form in which events keep it. */
    public String toGeoUri() {
        String place = "geo:" + plain(lat) + "," + plain(lng);
        return accuracy == null ? place : place + ";u=" + plain(accuracy);
    }

    /**
     * @throws IllegalArgumentException when the text is not what {@link #toGeoUri()} writes
     */
    public static Location ofGeoUri(String uri) {
        if (!uri.startsWith("geo:")) {
            throw new IllegalArgumentException("not a geo URI");
        }
        int comma = uri.indexOf(',');
        int uncertainty = uri.indexOf(";u=");
        int end = uncertainty < 0 ? uri.length() : uncertainty;
        if (comma < 0 || comma > end) {
            throw new IllegalArgumentException("not a geo URI");
        }
        return new Location(
                Double.parseDouble(uri.substring(4, comma)),
                Double.parseDouble(uri.substring(comma + 1, end)),
                uncertainty < 0 ? null : Double.valueOf(uri.substring(uncertainty + 3)));
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
