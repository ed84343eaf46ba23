package com.abrohr.attendance.messages.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {

    @Test
    void isKeptAsAGeoUriWithoutExponents() {
        assertThat(new Location(1.5, -2.5, null).toGeoUri()).isEqualTo("geo:1.5,-2.5");
        assertThat(new Location(0.00001, 100, 12.0).toGeoUri()).isEqualTo("geo:0.00001,100;u=12");
    }

    @Test
    void isReadBackAsItWas() {
        for (Location place :
                new Location[] {
                    new Location(40.4168, -3.7038, 15.5),
                    new Location(-90, 180, null),
                    new Location(1e-9, 0, 0.0)
                }) {
            assertThat(Location.ofGeoUri(place.toGeoUri())).isEqualTo(place);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,2", "geo:1", "geo:;u=1,2", "geo:91,0", "geo:a,b"})
    void nothingElseIsTakenForAPlace(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Location.ofGeoUri(text));
    }

    @Test
    void whatIsOffTheMapIsNamed() {
        assertThatExceptionOfType(Location.OutOfRange.class)
                .isThrownBy(() -> new Location(-90.5, 0, null))
                .satisfies(
                        e -> {
                            assertThat(e.component()).isEqualTo("lat");
                            assertThat(e.fault()).isEqualTo("must be between -90 and 90");
                        });
    }

    @Test
    void noPlaceIsOffTheMap() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Location(Double.NaN, 0, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Location(0, 180.1, null));
        assertThatIllegalArgumentException().isThrownBy(() -> new Location(0, 0, -1.0));
    }
}
