package dev.outdial.server.calls.live;

import static dev.outdial.server.calls.live.LiveBench.ME;
import static dev.outdial.server.calls.live.LiveBench.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outdial.server.calls.Address;
import dev.outdial.server.calls.CallEventRecord;
import dev.outdial.server.calls.CallPlan;
import dev.outdial.server.calls.CallService.RequestKey;
import dev.outdial.server.calls.CallStatus;
import dev.outdial.server.calls.CampaignRecord;
import dev.outdial.server.calls.CampaignResult;
import dev.outdial.server.calls.CampaignService;
import dev.outdial.server.calls.Created;
import dev.outdial.server.calls.NewCampaign;
import dev.outdial.server.calls.PageQuery;
import dev.outdial.server.calls.Schedule;
import dev.outdial.server.calls.ServiceException;
import dev.outdial.testbed.dialplan.DialPlan;
import dev.outdial.testbed.dialplan.Persona;
import dev.outdial.testbed.dialplan.Step;
import dev.outdial.testbed.trunk.LoopbackTrunk;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Campaigns over the loopback trunk: their numbers are dialled by the queue. */
@Timeout(60)
class LiveCampaignsTest {
    private static final Duration TALK = Duration.ofMillis(300);
    private static final String BERLINER = "+493012345678";
    private static final DialPlan PLAN = DialPlan.standard()
            .with("2000", Persona.of("stays", new Step.Answer()))
            .with(
                    "2001",
                    Persona.of(
                            "presses 7",
                            new Step.Ring(),
                            new Step.Answer(),
                            new Step.Wait(TALK),
                            new Step.Press("7"),
                            new Step.Wait(TALK),
                            new Step.HangUp()))
            .with("2002", Persona.of("hangs up", new Step.Answer(), new Step.Wait(TALK), new Step.HangUp()))
            .with(BERLINER, Persona.of("hangs up, too", new Step.Answer(), new Step.Wait(TALK), new Step.HangUp()))
            .with("2003", Persona.of("is busy", new Step.Refuse(486)));

    @TempDir
    private Path folder = Path.of("");

    private final LoopbackTrunk trunk =
            LoopbackTrunk.builder().dialPlan(PLAN).keptCalls(1000).start();
    private Optional<LiveBench> opened = Optional.empty();

    private LiveBench bench() {
        return opened.orElseGet(() -> open(settings -> settings));
    }

    private LiveBench open(UnaryOperator<LiveSettings> wishes) {
        LiveBench bench = LiveBench.on(folder, trunk.port(), 0, wishes);
        opened = Optional.of(bench);
        return bench;
    }

    private CampaignService campaigns() {
        return bench().live.campaigns();
    }

    @AfterEach
    void close() {
        opened.ifPresent(LiveBench::close);
        trunk.close();
    }

    private static NewCampaign of(Schedule schedule, OptionalInt atOnce, OptionalDouble perSecond, String... numbers) {
        List<NewCampaign.Row> rows = new ArrayList<>();
        for (String number : numbers) {
            int row = rows.size() + 1;
            rows.add(new NewCampaign.Row(
                    row,
                    "rows[" + (row - 1) + "]",
                    new Address(Address.Type.TEL, number, ""),
                    Map.of("place", "row " + row),
                    ""));
        }
        return new NewCampaign("spring", to("", new CallPlan.Park(), schedule), rows, atOnce, perSecond);
    }

    private static NewCampaign of(String... numbers) {
        return of(Schedule.NOW, OptionalInt.empty(), OptionalDouble.empty(), numbers);
    }

    private CampaignRecord created(NewCampaign wanted) {
        return campaigns().create(ME, wanted, Optional.empty()).item();
    }

    private CampaignRecord await(String id, String status) {
        return LiveBench.await(
                () -> campaigns().get(ME, id), one -> one.status().equals(status));
    }

    private static String[] times(int count, String number) {
        return java.util.Collections.nCopies(count, number).toArray(String[]::new);
    }

    @Test
    void eachNumberIsACallOfItsOwnAndTheResultTellsOfAll() {
        CampaignRecord campaign = created(of("2001", "2002", "2003"));
        assertThat(campaign.status()).isEqualTo("running");
        assertThat(campaign.counts()).isEqualTo(new CampaignRecord.Counts(3, 0, Map.of()));

        CampaignRecord over = await(campaign.id(), "ended");

        assertThat(over.counts()).isEqualTo(new CampaignRecord.Counts(0, 0, Map.of("completed", 2L, "busy", 1L)));
        assertThat(over.ended()).isPresent();
        CampaignResult result = campaigns().result(ME, campaign.id());
        assertThat(result.columns()).containsExactly("place");
        assertThat(result.rows()).extracting(CampaignResult.Row::row).containsExactly(1, 2, 3);
        assertThat(result.rows())
                .extracting(CampaignResult.Row::outcome)
                .containsExactly("completed", "completed", "busy");
        assertThat(result.rows()).extracting(CampaignResult.Row::digits).containsExactly("7", "", "");
        assertThat(result.rows()).extracting(CampaignResult.Row::attempts).containsOnly(1);
        assertThat(result.rows().get(0).talk())
                .hasValueSatisfying(talk -> assertThat(talk).isGreaterThanOrEqualTo(TALK));
        assertThat(result.rows().get(2).talk()).isEmpty();
        assertThat(result.rows().get(2).sipCode()).hasValue(486);
        assertThat(result.rows().get(2).variables())
                .containsEntry("place", "row 3")
                .containsEntry("name", "Ann");
        assertThat(bench().types(result.rows().getFirst().callId()))
                .startsWith("call.created", "call.dialing", "call.ringing", "call.answered");
        List<CallEventRecord> events = bench().live.events().after(ME, 0, Optional.empty(), 1000).stream()
                .filter(event -> event.type().startsWith("campaign."))
                .toList();
        assertThat(events).extracting(CallEventRecord::type).containsExactly("campaign.created", "campaign.ended");
    }

    @Test
    void noMoreAreUpAtATimeThanItsPacingSays() {
        CampaignRecord campaign =
                created(of(Schedule.NOW, OptionalInt.of(2), OptionalDouble.empty(), times(10, "2002")));
        LiveBench.await(
                () -> {
                    CampaignRecord now = campaigns().get(ME, campaign.id());
                    assertThat(now.counts().live()).isLessThanOrEqualTo(2);
                    return now;
                },
                now -> now.status().equals("ended"));
        assertThat(campaigns().get(ME, campaign.id()).counts().byOutcome())
                .containsExactly(Map.entry("completed", 10L));
    }

    @Test
    void noneBeginsWhileItIsPausedAndWhatIsUpGoesOn() {
        CampaignRecord campaign =
                created(of(Schedule.NOW, OptionalInt.of(3), OptionalDouble.of(50), times(12, "2002")));
        LiveBench.await(() -> trunk.calls().size(), calls -> calls >= 3);

        CampaignRecord paused = campaigns().pause(ME, campaign.id());
        assertThat(paused.status()).isEqualTo("paused");
        assertThat(campaigns().pause(ME, campaign.id()).status()).isEqualTo("paused");
        // Whatever had a permit is over, and by then another would have begun.
        CampaignRecord quiet = LiveBench.await(
                () -> campaigns().get(ME, campaign.id()), now -> now.counts().live() == 0);
        long dialled = quiet.counts().over();
        String other = bench().create(to("2002", new CallPlan.Park())).id();
        bench().await(other, CallStatus.HANGUP);
        assertThat(campaigns().get(ME, campaign.id()).counts())
                .isEqualTo(new CampaignRecord.Counts(12 - dialled, 0, Map.of("completed", dialled)));
        assertThat(trunk.calls()).hasSize((int) dialled + 1);

        campaigns().resume(ME, campaign.id());
        assertThat(await(campaign.id(), "ended").counts().byOutcome()).containsExactly(Map.entry("completed", 12L));
        assertThatThrownBy(() -> campaigns().pause(ME, campaign.id()))
                .isInstanceOfSatisfying(
                        ServiceException.class, told -> assertThat(told.code()).isEqualTo("campaign_over"));
    }

    @Test
    void whatWaitsOfACanceledOneEndsAndWhatIsUpGoesOn() {
        CampaignRecord campaign =
                created(of(Schedule.NOW, OptionalInt.of(1), OptionalDouble.empty(), times(300, "2000")));
        LiveBench.await(() -> trunk.calls().size(), calls -> calls == 1);

        assertThat(campaigns().cancel(ME, campaign.id()).status()).isEqualTo("canceling");
        LiveBench.await(
                () -> campaigns().get(ME, campaign.id()).counts(),
                counts -> counts.byOutcome().getOrDefault("canceled", 0L) == 299);
        assertThat(campaigns().get(ME, campaign.id()).counts().live()).isEqualTo(1);
        CampaignResult.Row up = campaigns().result(ME, campaign.id()).rows().stream()
                .filter(row -> row.outcome().isEmpty())
                .findFirst()
                .orElseThrow();
        bench().live.calls().hangUp(ME, up.callId(), "normal");

        assertThat(await(campaign.id(), "canceled").counts().over()).isEqualTo(300);
        assertThat(campaigns().cancel(ME, campaign.id()).status()).isEqualTo("canceled");
        assertThatThrownBy(() -> campaigns().resume(ME, campaign.id())).isInstanceOf(ServiceException.class);
        assertThat(trunk.calls()).hasSize(1);
        campaigns().delete(ME, campaign.id());
        assertThatThrownBy(() -> campaigns().get(ME, campaign.id()))
                .isInstanceOfSatisfying(
                        ServiceException.class, told -> assertThat(told.code()).isEqualTo("campaign_not_found"));
        assertThat(campaigns().list(ME, new PageQuery(Optional.empty(), 10)).items())
                .isEmpty();
    }

    @Test
    void aNumberThatWasBusyIsDialledOnceMoreInItsTurn() {
        open(settings -> settings.withRetryWait(Duration.ofMillis(200)));
        var again = new Schedule(Optional.empty(), Optional.empty(), 0, 1, Optional.empty());
        CampaignRecord campaign = created(of(again, OptionalInt.of(1), OptionalDouble.empty(), "2003", "2002", "2003"));

        CampaignRecord over = await(campaign.id(), "ended");
        assertThat(over.counts().byOutcome()).isEqualTo(Map.of("completed", 1L, "busy", 2L));
        assertThat(campaigns().result(ME, campaign.id()).rows())
                .extracting(CampaignResult.Row::attempts)
                .containsExactly(2, 1, 2);
        assertThat(trunk.calls()).hasSize(5);
    }

    @Test
    void whoseWindowIsShutWaitsAndOthersAreDialled() {
        LocalTime now = ZonedDateTime.now(ZoneOffset.UTC).toLocalTime();
        var shut = new Schedule(
                Optional.empty(),
                Optional.of(new Schedule.Window(now.plusHours(2), now.plusHours(3), Optional.of("UTC"))),
                0,
                0,
                Optional.empty());
        CampaignRecord waits = created(of(shut, OptionalInt.empty(), OptionalDouble.empty(), times(250, "2002")));
        CampaignRecord goes = created(of("2002"));

        await(goes.id(), "ended");
        assertThat(campaigns().get(ME, waits.id()).counts()).isEqualTo(new CampaignRecord.Counts(250, 0, Map.of()));
        assertThat(trunk.calls()).hasSize(1);
        assertThat(campaigns().list(ME, new PageQuery(Optional.empty(), 10)).items())
                .extracting(CampaignRecord::id)
                .containsExactly(goes.id(), waits.id());
    }

    @Test
    void eachIsCalledWhenItsOwnClockSaysSo() {
        // Five in the morning in New York, eleven in Berlin.
        open(settings -> settings.withClock(InstantSource.fixed(Instant.parse("2026-01-15T10:00:00Z"))));
        var hours = new Schedule(
                Optional.empty(),
                Optional.of(new Schedule.Window(LocalTime.of(9, 0), LocalTime.of(17, 0), Optional.empty())),
                0,
                0,
                Optional.empty());
        // More than are looked at in one go stand before the one that may be called.
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < 450; i++) numbers.add("+1212555" + String.format("%04d", i));
        numbers.add(BERLINER);
        CampaignRecord campaign =
                created(of(hours, OptionalInt.of(1), OptionalDouble.empty(), numbers.toArray(String[]::new)));

        CampaignRecord now = LiveBench.await(
                () -> campaigns().get(ME, campaign.id()), one -> one.counts().over() > 0);
        assertThat(now.counts()).isEqualTo(new CampaignRecord.Counts(450, 0, Map.of("completed", 1L)));
        assertThat(trunk.calls()).hasSize(1);
        assertThat(campaigns().result(ME, campaign.id()).rows().getLast().outcome())
                .isEqualTo("completed");
    }

    @Test
    void theSameRequestIsTheSameCampaignAndWhatMakesNoSenseIsRefusedAsAWhole() {
        var key = Optional.of(new RequestKey("one", "hash"));
        Created<CampaignRecord> first = campaigns().create(ME, of("2002"), key);
        Created<CampaignRecord> again = campaigns().create(ME, of("2002"), key);
        assertThat(again.replay()).isTrue();
        assertThat(again.item().id()).isEqualTo(first.item().id());
        assertThatThrownBy(() -> campaigns().create(ME, of("2002"), Optional.of(new RequestKey("one", "other"))))
                .isInstanceOf(ServiceException.class);

        assertThatThrownBy(() -> campaigns().create(ME, of("2002", "nobody at all"), Optional.empty()))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        told -> assertThat(told.fields())
                                .extracting(ServiceException.Field::field)
                                .containsExactly("rows[1]"));
        await(first.item().id(), "ended");
        assertThat(trunk.calls()).hasSize(1);
        assertThat(campaigns().list(ME, new PageQuery(Optional.empty(), 10)).items())
                .hasSize(1);
    }
}
