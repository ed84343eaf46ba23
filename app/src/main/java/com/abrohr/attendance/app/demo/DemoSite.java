package com.abrohr.attendance.app.demo;

import com.abrohr.attendance.messages.attendance.Location;

import java.util.Locale;
import java.util.random.RandomGenerator;

/** Two sites in two time zones, so that local dates differ for some hours of every day. */
enum DemoSite {
    MADRID("Europe/Madrid", 40.4459, -3.5796),
    BOGOTA("America/Bogota", 4.6767, -74.1276);

    // About 150 m either way.
    private static final double SPREAD_DEGREES = 0.0015;

    private final String zoneId;
    private final double lat;
    private final double lng;

    DemoSite(String zoneId, double lat, double lng) {
        this.zoneId = zoneId;
        this.lat = lat;
        this.lng = lng;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String zoneId() {
        return zoneId;
    }

    Location somewhereNear(RandomGenerator random) {
        return new Location(
                near(lat, random), near(lng, random), Double.valueOf(5 + random.nextInt(30)));
    }

    private static double near(double centre, RandomGenerator random) {
        double shifted = centre + random.nextDouble(-SPREAD_DEGREES, SPREAD_DEGREES);
        return Math.round(shifted * 1e6) / 1e6;
    }
}
