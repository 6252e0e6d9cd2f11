package dev.outdial.server.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DiskSyncsTest {
    private static String metrics(int all, int quick, double longest) {
        return """
                # TYPE outdial_store_sync_seconds histogram
                outdial_store_sync_seconds_bucket{le="0.001"} 3
                outdial_store_sync_seconds_bucket{le="0.025"} %d
                outdial_store_sync_seconds_bucket{le="+Inf"} %d
                outdial_store_sync_seconds_count %d
                outdial_store_sync_seconds_sum 0.5
                outdial_store_sync_seconds_max %s
                """.formatted(quick, all, all, longest);
    }

    @Test
    void whatTookLongerThanTheTargetIsCountedFromOneLookToTheNext() {
        DiskSyncs before = DiskSyncs.of(metrics(100, 98, 0.03));

        DiskSyncs since = DiskSyncs.of(metrics(1900, 1795, 0.357)).since(before);

        assertThat(since.line())
                .isEqualTo("the disk took longer than 25 ms for 103 of 1800 syncs; the longest of the last minutes took"
                        + " 357.00 ms");
    }

    @Test
    void whereNothingIsSaidThatIsSaid() {
        assertThatThrownBy(() -> DiskSyncs.of("outdial_calls_live 1.0"))
                .hasMessage("the metrics have no outdial_store_sync_seconds_count");
    }
}
