package dev.outdial.media.amd;

import dev.outdial.media.codec.AudioCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/**
 * Callees of all kinds, made from a seed: who answers and how, where, how loud, over which line. Levels of speech are -14 to -36 dBov,
 * the noise of the line 15 to 40 dB below; every third call loses packets.
 */
final class Corpus {
    private static final List<String> SHORT = List.of(
            "hello?",
            "hello.",
            "hi.",
            "yes?",
            "yeah.",
            "hello, hello?",
            "who is this?",
            "hey.",
            "good morning.",
            "yes, hello?",
            "hello, who is this?");
    private static final List<String> NAMED = List.of(
            "hello, smith speaking.",
            "john miller.",
            "this is mary.",
            "hello, mary here.",
            "miller, good morning.",
            "anna jones.",
            "hi, this is bob.",
            "john here.",
            "hello, this is sarah.",
            "jones residence.",
            "good afternoon, smith.");
    private static final List<String> RECEPTION = List.of(
            "good morning, acme plumbing, how can i help you?",
            "thank you for calling acme dental, this is sarah.",
            "johnson company, good afternoon, mary speaking.",
            "hotel reception, good morning, how may i help you?",
            "miller garage, john speaking, what can i do for you?",
            "customer service, this is anna, how may i help?",
            "good day, doctor smith office, one moment.");
    private static final List<String> LONG = List.of(
            "hi, you have reached bob and mary. we cannot come to the phone right now. please leave your name and number after the tone.",
            "hello, this is john. i am not available. leave a message and i will call you back as soon as possible.",
            "you have reached the voice mail of sarah miller. please leave a message after the beep. thank you.",
            "hey, it is anna. you know what to do.",
            "thank you for calling acme dental. our office is closed. please call back on monday, or leave a message after the tone.",
            "this is the johnson family. we are away from the phone. leave us a message and we will get back to you.",
            "hello. you have reached the mailbox of john jones. i am away on friday. please leave a message. thanks.");
    private static final List<String> BRIEF = List.of(
            "hi, this is bob, leave a message.",
            "you have reached mary. please leave a message.",
            "it is anna, please leave a message after the beep.",
            "sorry, not here, leave a message.",
            "john jones, please leave your name and number.",
            "we are out. leave your number.");
    private static final List<String> CARRIER = List.of(
            "the person you have called is not available. please try again later.",
            "the subscriber you have dialed cannot be reached. please try again later. the subscriber you have dialed cannot be reached.",
            "your call has been forwarded to an automated voice message system. six one seven, five zero two, is not available. at the tone, please record your message.",
            "the number you have dialled is switched off or out of the area. please call later.",
            "sorry, the mailbox is full and cannot take a message. please try again later. bye.");
    private static final List<String> MENU = List.of(
            "welcome to acme. for sales, press one. for customer service, press two. for support, press three.",
            "thank you for calling the city hotel. please listen to the following menu. press one for reception, press two for sales.",
            "your call is important to us. please hold the line. you will be with the next available person.");
    private static final List<String> NEWS = List.of(
            "the weather for the city tonight. rain on monday and over the area on friday. people said that the rain was important.",
            "they said that there was news from the city. the system was closed for the day, and people cannot get in.");

    private final List<Recording> recordings = new ArrayList<>();
    private final Cast cast;
    private final long seedBase;

    /** Who can speak. */
    interface Cast {
        /** Somebody, by chance. */
        Speaker anybody(SplittableRandom random);

        /** A machine's voice. */
        Speaker robot(SplittableRandom random);
    }

    /** Speakers that speak by formants. */
    static final class FormantCast implements Cast {
        @Override
        public Speaker anybody(SplittableRandom random) {
            boolean man = random.nextBoolean();
            double pitch = man ? 85 + random.nextInt(65) : 160 + random.nextInt(110);
            double tract = man ? 0.96 + random.nextDouble() * 0.1 : 1.1 + random.nextDouble() * 0.14;
            return new FormantSpeaker(
                    "formants", pitch, tract, 0.8 + random.nextDouble() * 0.55, 0.6 + random.nextDouble() * 0.8);
        }

        @Override
        public Speaker robot(SplittableRandom random) {
            return new FormantSpeaker(
                    "robot",
                    100 + random.nextInt(120),
                    1 + random.nextDouble() * 0.2,
                    0.85 + random.nextDouble() * 0.25,
                    0.15);
        }
    }

    private Corpus(Cast cast, long seedBase) {
        this.cast = cast;
        this.seedBase = seedBase;
    }

    /**
     * All of them.
     *
     * @param seed what differs from one corpus to another
     */
    static List<Recording> of(Cast cast, long seed) {
        var corpus = new Corpus(cast, seed * 1_000_003);
        corpus.people();
        corpus.machines();
        corpus.others();
        return corpus.recordings;
    }

    /** One call while it is made up. */
    private final class Take {
        private final SplittableRandom random;
        private final Scene scene;
        private final double levelDb;
        private final Speaker speaker;
        private final Speaker robot;

        Take(long seed) {
            random = new SplittableRandom(seed);
            scene = new Scene(random.nextLong());
            levelDb = -14 - random.nextInt(23);
            speaker = cast.anybody(random);
            robot = cast.robot(random);
        }

        int between(int least, int most) {
            return least + random.nextInt(most - least + 1);
        }

        String one(List<String> texts) {
            return texts.get(random.nextInt(texts.size()));
        }

        Take silence(int least, int most) {
            scene.silence(between(least, most));
            return this;
        }

        Take say(List<String> texts) {
            return say(speaker, one(texts));
        }

        Take say(Speaker who, String text) {
            scene.say(who.say(text, random.nextLong()), levelDb);
            return this;
        }

        Take beep() {
            double[] pitches = {440, 620, 850, 1000, 1000, 1200, 1400, 2000};
            scene.beep(between(180, 900), levelDb + between(-6, 4), pitches[random.nextInt(pitches.length)]);
            return this;
        }

        Take rings(int times) {
            boolean europe = random.nextBoolean();
            for (int i = 0; i < times; i++) {
                if (europe) scene.tone(1000, -22, 425).silence(i + 1 < times ? 4000 : between(200, 3000));
                else scene.tone(2000, -22, 440, 480).silence(i + 1 < times ? 4000 : between(200, 3000));
            }
            return this;
        }
    }

    private void add(String kind, MachineVerdict truth, int count, int afterMillis, Consumer<Take> story) {
        add(kind, truth, count, afterMillis, (take, n) -> story.accept(take));
    }

    private void add(String kind, MachineVerdict truth, int count, int afterMillis, ObjIntConsumer<Take> story) {
        for (int n = 0; n < count; n++) {
            var take = new Take(seedBase + kind.hashCode() * 31L + n * 7919L);
            story.accept(take, n);
            // The line: its noise is 15 to 40 dB below who speaks, at most -38 dBov.
            double noiseDb = Math.min(-38, take.levelDb - take.between(15, 40));
            take.scene.room(afterMillis).noise(noiseDb, take.random.nextInt(3) * 0.4);
            if (take.random.nextInt(6) == 0) take.scene.hum(noiseDb - 8, take.random.nextBoolean() ? 50 : 60);
            AudioCodec codec = take.random.nextBoolean() ? AudioCodec.PCMU : AudioCodec.PCMA;
            double loss = take.random.nextInt(3) == 0 ? 0.005 + 0.03 * take.random.nextDouble() : 0;
            recordings.add(take.scene.heard(kind, truth, afterMillis, codec, loss));
        }
    }

    private void people() {
        person("hello", 12, t -> t.silence(150, 1400).say(SHORT));
        person("name", 12, t -> t.silence(150, 1400).say(NAMED));
        person("hello after a silence", 8, t -> t.silence(1800, 3500).say(SHORT));
        person("at once", 6, t -> t.silence(0, 60).say(SHORT));
        person(
                "two words and a pause between",
                8,
                t -> t.silence(200, 1200)
                        .say(List.of("hello.", "yes.", "hi."))
                        .silence(350, 680)
                        .say(SHORT));
        person(
                "hello, and hello again",
                8,
                t -> t.silence(200, 1200).say(SHORT).silence(900, 1800).say(t.speaker, "hello?"));
        person("receptionist", 12, t -> t.silence(150, 900).say(RECEPTION));
        person("in the street", 8, t -> {
            t.silence(200, 1400).say(SHORT);
            t.scene.room(6000).noise(Math.min(-32, t.levelDb - t.between(10, 18)), 0.9);
        });
        person("in a room full of people", 6, t -> {
            t.silence(200, 1400).say(SHORT);
            for (int i = 0; i < 5; i++) behind(t, t.between(16, 24) + 7, i);
        });
        person("breathing", 8, t -> {
            t.silence(700, 1800);
            t.scene.breath(100, 600, t.levelDb - t.between(14, 24));
            t.say(SHORT);
            t.scene.breath(t.scene.at() + 150, 500, t.levelDb - t.between(14, 24));
        });
        person("television", 8, t -> {
            t.silence(300, 1600).say(NAMED);
            behind(t, t.between(18, 28), 0);
        });
        person("dog", 6, t -> {
            t.silence(900, 1600);
            t.scene.bark(t.between(100, 500), t.levelDb - 2);
            t.say(SHORT);
            t.scene.bark(t.scene.at() + t.between(200, 500), t.levelDb - 2);
        });
        person("music behind", 6, t -> {
            t.silence(300, 1400).say(SHORT);
            t.scene.behind(
                    Scene.music(t.random.nextLong(), 4000), 0, t.scene.at() + 5000, t.levelDb - t.between(20, 28));
        });
        person("ringing before", 6, t -> t.rings(t.between(1, 2)).say(SHORT));
    }

    private void behind(Take t, int softerDb, int who) {
        short[] news = t.speaker.say(NEWS.get(who % 2), t.random.nextLong());
        if (who > 0) news = cast.anybody(t.random).say(NEWS.get(who % 2), t.random.nextLong());
        t.scene.behind(news, 0, t.scene.at() + 5000, t.levelDb - softerDb);
    }

    private void person(String kind, int count, Consumer<Take> story) {
        add(kind, MachineVerdict.HUMAN, count, 5000, story);
    }

    private void machines() {
        machine(
                "long greeting, beep",
                16,
                t -> t.silence(100, 1500).say(LONG).silence(200, 1200).beep());
        machine("long greeting", 12, t -> t.silence(100, 1500).say(LONG));
        machine(
                "brief greeting, beep",
                12,
                t -> t.silence(100, 1200).say(BRIEF).silence(150, 1100).beep());
        machine(
                "brief greeting, pause, beep",
                8,
                t -> t.silence(100, 1200).say(BRIEF).silence(1200, 2200).beep());
        machine("carrier", 14, t -> t.silence(100, 1200).say(t.robot, t.one(CARRIER)));
        machine("menu", 12, t -> t.silence(100, 1000).say(t.robot, t.one(MENU)));
        machine("music behind", 10, t -> {
            t.silence(100, 800).say(LONG);
            t.scene.behind(Scene.music(t.random.nextLong(), 6000), 0, t.scene.at(), t.levelDb - t.between(8, 18));
        });
        machine("music, then a greeting", 8, t -> {
            int millis = t.between(1500, 4000);
            t.scene.behind(Scene.music(t.random.nextLong(), 6000), 0, millis, t.levelDb - 4);
            t.silence(millis, millis).say(MENU);
        });
        machine(
                "ringing before",
                8,
                t -> t.rings(t.between(1, 2)).say(LONG).silence(200, 900).beep());
        machine(
                "name, pause, greeting",
                8,
                t -> t.silence(100, 900)
                        .say(
                                t.speaker,
                                t.one(List.of(
                                        "hi, you have reached bob.",
                                        "this is sarah miller.",
                                        "hello, you have reached acme dental.")))
                        .silence(350, 720)
                        .say(t.speaker, "i am not available right now. please leave a message after the beep.")
                        .silence(300, 1200)
                        .beep());
        machine("noisy line", 8, t -> {
            t.silence(100, 1200).say(LONG).silence(200, 1000).beep();
            t.scene.room(6000).noise(Math.min(-34, t.levelDb - t.between(10, 16)), 0.6);
        });
    }

    private void machine(String kind, int count, Consumer<Take> story) {
        add(kind, MachineVerdict.MACHINE, count, 4000, story);
    }

    private void others() {
        add("fax that answers", MachineVerdict.FAX, 6, 2000, t -> {
            t.silence(200, 1800);
            t.scene.tone(t.between(2600, 4000), -16, 2100 + t.between(-12, 12));
        });
        add("fax that calls", MachineVerdict.FAX, 4, 2000, t -> {
            t.silence(200, 1800);
            t.scene.tone(500, -18, 1100 + t.between(-30, 30)).silence(3000).tone(500, -18, 1100);
        });
        add("silence", MachineVerdict.SILENCE, 8, 7000, t -> t.silence(500, 600));
        add("breathing only", MachineVerdict.SILENCE, 4, 7000, t -> {
            t.silence(1000, 1000);
            t.scene.breath(600, 700, t.levelDb - 16).breath(2600, 700, t.levelDb - 16);
        });
        add("busy", MachineVerdict.NOT_SURE, 6, 1000, t -> {
            boolean europe = t.random.nextBoolean();
            for (int i = 0; i < 8; i++) {
                if (europe) t.scene.tone(500, -20, 425).silence(500);
                else t.scene.tone(500, -20, 480, 620).silence(500);
            }
        });
        add("rings on", MachineVerdict.NOT_SURE, 6, 8000, t -> t.rings(2));
    }
}
