package dev.outdial.dialer.flow.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outdial.dialer.flow.FlowFinding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each action as its author writes it: what is read, what is usual, what is wrong. The options stand after the type. */
class ActionsTest {
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            talk {"text":"Hi"}                       => Talk[text=Hi, language=en-US, voice=Optional.empty, onKey=IGNORED, async=false, times=1, volumeDb=0.0]
            talk {"text":"Hi","language":"pt_BR","voice_id":"bob","digits_handle":"next","async":true,"repeat":3,"volume":-6.5} => Talk[text=Hi, language=pt-BR, voice=Optional[bob], onKey=GOES_ON, async=true, times=3, volumeDb=-6.5]
            talk {"text":"Hi","provider":"gcp","gender":"female","neural":true,"voice_id":"","digits_handle":"","language":"${l}"} => Talk[text=Hi, language=${l}, voice=Optional.empty, onKey=IGNORED, async=false, times=1, volumeDb=0.0]
            play {"stream_urls":["a.wav","https://x/b"]} => Play[urls=[a.wav, https://x/b], loop=false, volumeDb=0.0, onKey=IGNORED]
            play {"stream_urls":["a"],"loop":"true","volume":"3","digits_handle":"next"} => Play[urls=[a], loop=true, volumeDb=3.0, onKey=GOES_ON]
            beep {}                                  => Beep[frequencyHz=1000, duration=PT0.3S]
            beep {"frequency":440,"duration":1000}   => Beep[frequencyHz=440, duration=PT1S]
            digits_receive {}                        => DigitsReceive[duration=PT10S, length=OptionalInt[1], keys=, includeKey=true]
            dtmf_receive {"duration":0,"length":4}   => DigitsReceive[duration=PT10S, length=OptionalInt[4], keys=, includeKey=true]
            digits_receive {"duration":"5000","key":"#","include_key":"false"} => DigitsReceive[duration=PT5S, length=OptionalInt.empty, keys=#, includeKey=false]
            digits_receive {"length":0}              => DigitsReceive[duration=PT10S, length=OptionalInt.empty, keys=, includeKey=true]
            digits_receive {"length":0,"key":""}     => DigitsReceive[duration=PT10S, length=OptionalInt.empty, keys=, includeKey=true]
            digits_receive {"length":6,"key":"*a"}   => DigitsReceive[duration=PT10S, length=OptionalInt[6], keys=*A, includeKey=true]
            digits_receive {"key":" ${end} "}        => DigitsReceive[duration=PT10S, length=OptionalInt.empty, keys=${end}, includeKey=true]
            gather {}                                => Gather[request=GatherRequest[maxDigits=OptionalInt.empty, terminatingKeys=#, interDigitTime=PT5S, allowedKeys=0123456789*#ABCD, bargeIn=true, typeAhead=true, tag=Optional.empty], prompt=Optional.empty]
            gather {"max_digits":4,"inter_digit_timeout":1.5,"terminating":"","prompt":"Your number?","tag":"pin","type_ahead":false} => Gather[request=GatherRequest[maxDigits=OptionalInt[4], terminatingKeys=, interDigitTime=PT1.5S, allowedKeys=0123456789*#ABCD, bargeIn=true, typeAhead=false, tag=Optional[pin]], prompt=Optional[Talk[text=Your number?, language=en-US, voice=Optional.empty, onKey=IGNORED, async=false, times=1, volumeDb=0.0]]]
            gather {"terminating_digits":"*","allowed_digits":"123","bargeable":false,"prompt":{"stream_urls":["p.wav"]}} => Gather[request=GatherRequest[maxDigits=OptionalInt.empty, terminatingKeys=*, interDigitTime=PT5S, allowedKeys=123, bargeIn=false, typeAhead=true, tag=Optional.empty], prompt=Optional[Play[urls=[p.wav], loop=false, volumeDb=0.0, onKey=IGNORED]]]
            digits_send {"digits":"12#"}             => DigitsSend[digits=12#, tone=PT0.25S, pause=PT0.1S]
            dtmf_send {"dtmfs":"1234567890","duration":500,"interval":500} => DigitsSend[digits=1234567890, tone=PT0.5S, pause=PT0.5S]
            digits_send {"dtmfs":"*d","duration":100,"interval":0} => DigitsSend[digits=*D, tone=PT0.1S, pause=PT0S]
            digits_send {"digits":"${pin}#"}         => DigitsSend[digits=${pin}#, tone=PT0.25S, pause=PT0.1S]
            opt_out {"key":"9"}                      => OptOut[key=9, prompt=Optional.empty, duration=PT5S, confirmation=Optional.empty, targetId=Optional.empty]
            opt_out {"key":"9","text":"a","language":"ar","duration":100,"confirmation":"b","target_id":"t"} => OptOut[key=9, prompt=Optional[Talk[text=a, language=ar, voice=Optional.empty, onKey=IGNORED, async=false, times=1, volumeDb=0.0]], duration=PT0.1S, confirmation=Optional[Talk[text=b, language=ar, voice=Optional.empty, onKey=IGNORED, async=false, times=1, volumeDb=0.0]], targetId=Optional[t]]
            branch {"target_ids":{"2":"b","1":"a"},"default_target_id":"c"} => Branch[variable=voipbin.call.digits, targetIds={2=b, 1=a}, defaultTargetId=Optional[c]]
            branch {"variable":"x","target_ids":{},"default_target_id":"00000000-0000-0000-0000-000000000000"} => Branch[variable=x, targetIds={}, defaultTargetId=Optional.empty]
            goto {"target_id":"a"}                   => Goto[targetId=a, loopCount=0]
            goto {"target_id":"a","loop_count":-2}   => Goto[targetId=a, loopCount=-2]
            condition_variable {"condition":"==","variable":"x","value_type":"string","value_string":"y","value_number":0,"value_length":0,"false_target_id":"f"} => ConditionVariable[comparison=EQUAL, variable=x, value=Text[text=y], falseTargetId=f]
            condition_variable {"condition":">=","variable":"x","value_type":"number","value_number":2.5,"false_target_id":"f"} => ConditionVariable[comparison=GREATER_OR_EQUAL, variable=x, value=Number[number=2.5], falseTargetId=f]
            condition_variable {"condition":"<","variable":"x","value_length":"3","false_target_id":"f"} => ConditionVariable[comparison=LESS, variable=x, value=Length[length=3], falseTargetId=f]
            condition_datetime {"condition":"==","false_target_id":"f"} => ConditionDatetime[comparison=EQUAL, minute=OptionalInt.empty, hour=OptionalInt.empty, day=OptionalInt.empty, month=OptionalInt.empty, weekdays=[], falseTargetId=f]
            condition_datetime {"condition":">","minute":0,"hour":-1,"day":0,"month":12,"weekdays":[0],"false_target_id":"f"} => ConditionDatetime[comparison=GREATER, minute=OptionalInt[0], hour=OptionalInt.empty, day=OptionalInt.empty, month=OptionalInt[12], weekdays=[SUNDAY], falseTargetId=f]
            condition_call_digits {"length":4,"false_target_id":"f"} => ConditionCallDigits[length=OptionalInt[4], keys=, falseTargetId=f]
            condition_call_digits {"length":0,"key":"1","false_target_id":"f"} => ConditionCallDigits[length=OptionalInt.empty, keys=1, falseTargetId=f]
            condition_call_status {"status":"progressing","false_target_id":"f"} => ConditionCallStatus[status=progressing, falseTargetId=f]
            condition_call_status {"status":"${s}","false_target_id":"f"} => ConditionCallStatus[status=${s}, falseTargetId=f]
            variable_set {"key":"x"}                 => VariableSet[key=x, value=]
            variable_set {"key":"x","value":" ${y} "} => VariableSet[key=x, value= ${y} ]
            sleep {"duration":"1500"}                => Sleep[duration=PT1.5S]
            hangup {}                                => Hangup[reason=NORMAL, referenceId=]
            hangup {"reason":"noanswer","reference_id":"r"} => Hangup[reason=NO_ANSWER, referenceId=r]
            stop {}                                  => Stop[]
            empty {}                                 => Empty[]
            answer {}                                => Answer[]
            connect {"destinations":[{"type":"tel","target":"+15551234567"}]} => Connect[source=Optional.empty, destinations=[FlowAddress[type=TEL, target=+15551234567, name=]], earlyMedia=false, relayReason=false, anonymous=AUTO]
            connect {"source":{"type":"tel","target":"+15551234567","target_name":"A","name":"","detail":"x"},"destinations":[{"type":"sip","target":"a@b"},{"type":"endpoint","target":"t@r"},{"type":"extension","target":"u@r"},{"type":"sip","target":"sip:c@d;transport=tcp"}],"early_media":true,"relay_reason":true,"anonymous":"yes"} => Connect[source=Optional[FlowAddress[type=TEL, target=+15551234567, name=A]], destinations=[FlowAddress[type=SIP, target=sip:a@b, name=], FlowAddress[type=EXTENSION, target=t@r, name=], FlowAddress[type=EXTENSION, target=u@r, name=], FlowAddress[type=SIP, target=sip:c@d;transport=tcp, name=]], earlyMedia=true, relayReason=true, anonymous=YES]
            connect {"source":{"type":"","target":""},"destinations":[{"type":"tel","target":"${next}"}],"anonymous":""} => Connect[source=Optional.empty, destinations=[FlowAddress[type=TEL, target=${next}, name=]], earlyMedia=false, relayReason=false, anonymous=AUTO]
            call {"destinations":[{"type":"tel","target":"+15551234567"}],"flow_id":"f","actions":[],"chained":true,"early_execution":true,"anonymous":"no"} => PlaceCalls[source=Optional.empty, destinations=[FlowAddress[type=TEL, target=+15551234567, name=]], flow=Stored[flowId=f], chained=true, earlyExecution=true, anonymous=NO]
            call {"destinations":[{"type":"tel","target":"+15551234567"}],"flow_id":"00000000-0000-0000-0000-000000000000","actions":[{"type":"stop"}]} => PlaceCalls[source=Optional.empty, destinations=[FlowAddress[type=TEL, target=+15551234567, name=]], flow=Inline[flow=Flow[name=, steps=[FlowStep[id=action-0, type=stop, action=Stop[], nextId=Optional.empty]]]], chained=false, earlyExecution=false, anonymous=AUTO]
            confbridge_join {"confbridge_id":"c"}    => JoinConference[conferenceId=c]
            conference_join {"conference_id":"c"}    => JoinConference[conferenceId=c]
            conference_join {"confbridge_id":"c"}    => JoinConference[conferenceId=c]
            recording_start {}                       => RecordingStart[format=PCM, endOfSilence=PT0S, endKeys=, longest=PT0S, beep=false, onEndFlowId=Optional.empty]
            recording_start {"format":"wav","end_of_silence":2,"end_of_key":"any","duration":3,"beep_start":true,"on_end_flow_id":"f"} => RecordingStart[format=PCM, endOfSilence=PT2S, endKeys=0123456789*#ABCD, longest=PT3S, beep=true, onEndFlowId=Optional[f]]
            recording_start {"format":"ulaw","end_of_key":"none"} => RecordingStart[format=ULAW, endOfSilence=PT0S, endKeys=, longest=PT0S, beep=false, onEndFlowId=Optional.empty]
            recording_start {"end_of_key":"*"}       => RecordingStart[format=PCM, endOfSilence=PT0S, endKeys=*, longest=PT0S, beep=false, onEndFlowId=Optional.empty]
            recording_stop {}                        => RecordingStop[]
            mute {}                                  => Mute[direction=BOTH, on=true]
            mute {"direction":"out","state":"off"}   => Mute[direction=OUTGOING, on=false]
            mute {"direction":"in","state":false}    => Mute[direction=INCOMING, on=false]
            echo {}                                  => Echo[duration=PT3M]
            echo {"duration":3000}                   => Echo[duration=PT3S]
            stream_echo {"duration":0}               => StreamEcho[duration=PT3M]
            amd {}                                   => DetectMachine[options=MachineDetection[initialSilenceMillis=4000, greetingMillis=800, longestGreetingMillis=3400, afterGreetingSilenceMillis=800, afterLongGreetingSilenceMillis=2400, totalMillis=8000, minWordMillis=100, betweenWordsMillis=50, maxWords=14, silenceThreshold=100, messageSilenceMillis=2500, longestMessageMillis=60000, earlyMedia=false], hangUpOnMachine=false, async=false]
            amd {"machine_handle":"hangup","async":true,"initial_silence":2500,"greeting":500,"after_greeting_silence":3000,"total":5000,"min_word":90,"between_words":60,"max_words":3,"silence_threshold":256} => DetectMachine[options=MachineDetection[initialSilenceMillis=2500, greetingMillis=500, longestGreetingMillis=500, afterGreetingSilenceMillis=3000, afterLongGreetingSilenceMillis=3000, totalMillis=5000, minWordMillis=90, betweenWordsMillis=60, maxWords=3, silenceThreshold=256, messageSilenceMillis=2500, longestMessageMillis=60000, earlyMedia=false], hangUpOnMachine=true, async=true]
            wait_beep {}                             => WaitBeep[longest=PT1M]
            wait_beep {"duration":5000}              => WaitBeep[longest=PT5S]
            fetch {"event_url":"https://x/y"}        => Fetch[url=https://x/y, method=POST]
            fetch {"event_url":"${u}","event_method":"get"} => Fetch[url=${u}, method=GET]
            fetch_flow {"flow_id":"f"}               => FetchFlow[flowId=f]
            fetch {"event_url":"http://x","event_method":"${m}"} => Fetch[url=http://x, method=${m}]
            webhook_send {"uri":"http://x"}          => WebhookSend[sync=false, url=http://x, method=POST, dataType=, data=]
            webhook_send {"sync":true,"uri":"http://x","method":"PUT","data_type":"application/json","data":"{}"} => WebhookSend[sync=true, url=http://x, method=PUT, dataType=application/json, data={}]
            """)
    void anActionIsReadWithItsUsualOptions(String written, String read) {
        var examined = FlowReader.examine(actions(written));
        assertThat(examined.findings()).isEmpty();
        assertThat(examined.flow().orElseThrow().steps().getFirst().action().toString())
                .isEqualTo(read.strip().replace("value= ${y}]", "value= ${y} ]"));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
            talk {}                                  => option.text: error: a text is expected here
            talk {"text":" "}                        => option.text: error: this is empty: a text is expected
            talk {"text":5}                          => option.text: error: a text is expected, and this is the number 5
            talk {"text":"a","language":"english-us"} => option.language: error: "english-us" is no language tag: en-US, ar or pt-BR is expected
            talk {"text":"a","digits_handle":"nxt"}  => option.digits_handle: error: "nxt" is none of next (did you mean "next"?)
            talk {"text":"a","async":"maybe"}        => option.async: error: true or false is expected, and this is the text "maybe"
            talk {"text":"a","async":1}              => option.async: error: true or false is expected, and this is the number 1
            talk {"text":"a","repeat":0}             => option.repeat: error: 0 is not 1 to 100
            talk {"text":"a","volume":21}            => option.volume: error: 21 is not -60 to 20
            talk {"text":"a","volume":"loud"}        => option.volume: error: a number is expected, and this is the text "loud"
            talk {"text":"a","langauge":"ar"}        => option.langauge: warning: unknown option "langauge" of talk (did you mean "language"?)
            talk {"text":"a","colour":"red"}         => option.colour: warning: unknown option "colour" of talk
            talk {"text":"a","a b":1}                => option["a b"]: warning: unknown option "a b" of talk
            play {}                                  => option.stream_urls: error: an array of one or more addresses or paths of files is expected here
            play {"stream_urls":[]}                  => option.stream_urls: error: an array of one or more addresses or paths of files is expected here
            play {"stream_urls":"a.wav"}             => option.stream_urls: error: an array is expected, and this is the text "a.wav"
            play {"stream_urls":["a",5]}             => option.stream_urls[1]: error: a text is expected, and this is the number 5
            play {"stream_urls":["a",""]}            => option.stream_urls[1]: error: this is empty: a text is expected
            beep {"frequency":49}                    => option.frequency: error: 49 is not 50 to 3900
            beep {"duration":9}                      => option.duration: error: 9 is not 10 to 60000
            digits_receive {"lenght":1}              => option.lenght: warning: unknown option "lenght" of digits_receive (did you mean "length"?)
            digits_receive {"length":257}            => option.length: error: 257 is not 0 to 256
            digits_receive {"length":1.5}            => option.length: error: a whole number is expected, and this is the number 1.5
            digits_receive {"duration":-1}           => option.duration: error: -1 is not 0 to 86400000
            digits_receive {"duration":"5s"}         => option.duration: error: a whole number is expected, and this is the text "5s"
            digits_receive {"duration":1e300}        => option.duration: error: 1.0E300 is not 0 to 86400000
            digits_receive {"key":"x"}               => option.key: error: "X" is not a key (0-9, *, #, A-D)
            digits_receive {"key":"１"}              => option.key: error: "１" is not a key (0-9, *, #, A-D)
            gather {"max_digits":31}                 => option.max_digits: error: 31 is not 1 to 30
            gather {"inter_digit_timeout":31}        => option.inter_digit_timeout: error: 31 is not 0.1 to 30
            gather {"terminating":"#","terminating_digits":"*"} => option.terminating: error: this is the same option as "terminating_digits": one of them is expected
            gather {"prompt":{"text":"b","txt":"a"}}            => option.prompt.txt: warning: unknown option "txt" of a prompt (did you mean "text"?)
            gather {"prompt":5}                      => option.prompt: error: an object is expected, and this is the number 5
            digits_send {}                           => option.digits: error: a text is expected here
            digits_send {"digits":"1","duration":50} => option.duration: error: 50 is not 100 to 1000
            digits_send {"digits":"1","duration":1001} => option.duration: error: 1001 is not 100 to 1000
            digits_send {"digits":"1","interval":5001} => option.interval: error: 5001 is not 0 to 5000
            digits_send {"digits":"12-3"}            => option.digits: error: "-" is not a key (0-9, *, #, A-D)
            digits_send {"dtmfs":"1","digits":"2"}   => option.dtmfs: error: this is the same option as "digits": one of them is expected
            opt_out {}                               => option.key: error: one key is expected: 0-9, *, #, A-D
            opt_out {"key":"99"}                     => option.key: error: one key is expected: 0-9, *, #, A-D
            branch {}                                => option.target_ids: error: an object of values, each with the id of an action, is expected here
            branch {"target_ids":["a"]}              => option.target_ids: error: an object is expected, and this is an array
            branch {"target_ids":{"1":5}}            => option.target_ids["1"]: error: a text is expected, and this is the number 5
            branch {"target_ids":{"1":""}}           => option.target_ids["1"]: error: the id of an action is expected
            branch {"target_ids":{"1":null}}         => option.target_ids["1"]: error: the id of an action is expected
            goto {}                                  => option.target_id: error: the id of an action is expected here
            goto {"target_id":"00000000-0000-0000-0000-000000000000"} => option.target_id: error: the id of an action is expected
            goto {"target_id":"a","loop_count":"x"}  => option.loop_count: error: a whole number is expected, and this is the text "x"
            condition_variable {"variable":"x","value_string":"a","false_target_id":"f"} => option.condition: error: one of ==, !=, >, >=, <, <= is expected here
            condition_variable {"condition":"=","variable":"x","false_target_id":"f"} => option.condition: error: "=" is none of !=, <, <=, ==, >, >= (did you mean "!="?)
            condition_variable {"condition":"==","variable":"x","value_type":"nubmer","false_target_id":"f"} => option.value_type: error: "nubmer" is none of length, number, string (did you mean "number"?)
            condition_variable {"condition":"==","variable":"x"} => option.false_target_id: error: the id of an action is expected here
            condition_datetime {"condition":"==","minute":60,"false_target_id":"f"} => option.minute: error: 60 is not -1 to 59
            condition_datetime {"condition":"==","weekdays":[7],"false_target_id":"f"} => option.weekdays[0]: error: a day from 0 (Sunday) to 6 (Saturday) is expected, and this is the number 7
            condition_call_digits {"false_target_id":"f"} => option.length: error: a length, or a key, is expected here
            condition_call_status {"status":"ring","false_target_id":"f"} => option.status: error: "ring" is none of canceling, dialing, hangup, progressing, ringing, terminating (did you mean "ringing"?)
            variable_set {}                          => option.key: error: a text is expected here
            variable_set {"key":"x","value":5}       => option.value: error: a text is expected, and this is the number 5
            variable_set {"key":"voipbin.x"}         => option.key: warning: names that begin with voipbin. are the engine's own
            sleep {}                                 => option.duration: error: a time in ms is expected here
            sleep {"duration":86400001}              => option.duration: error: 86400001 is not 0 to 86400000
            hangup {"reason":"bussy"}                => option.reason: error: "bussy" is none of amd, busy, cancel, dialout, failed, noanswer, normal, timeout (did you mean "busy"?)
            connect {}                               => option.destinations: error: an array of one or more addresses is expected here
            connect {"destinations":[{"target":"+15551234567"}]} => option.destinations[0].type: error: tel, sip or extension is expected here
            connect {"destinations":[{"type":"agent","target":"+15551234567"}]} => option.destinations[0].type: error: "agent" is none of endpoint, extension, sip, tel
            connect {"destinations":[{"type":"tel"}]} => option.destinations[0].target: error: a text is expected here
            connect {"destinations":[{"type":"tel","target":"010-1234-5678"}]} => option.destinations[0].target: warning: "010-1234-5678" is no number in E.164, such as +15551234567
            connect {"destinations":[{"type":"tel","target":"+15551234567"}],"anonymous":"maybe"} => option.anonymous: error: "maybe" is none of auto, no, yes
            call {"destinations":[{"type":"tel","target":"+15551234567"}]} => option.actions: error: actions, or a flow_id, are expected here
            call {"destinations":[{"type":"tel","target":"+15551234567"}],"actions":[{"type":"stop"},{"type":"goto"}]} => option.actions[1].option.target_id: error: the id of an action is expected here
            call {"destinations":[{"type":"tel","target":"+15551234567"}],"flow_id":"f","actions":[{"type":"stop"}]} => option.actions: warning: these are not carried out: the flow_id beside them counts
            conference_join {}                       => option.confbridge_id: error: a text is expected here
            recording_start {"format":"mp3"}         => option.format: error: this engine does not record mp3: wav, ulaw or alaw is expected
            recording_start {"end_of_silence":-1}    => option.end_of_silence: error: -1 is not 0 to 86400
            recording_start {"end_of_key":"anny"}    => option.end_of_key: error: "N" is not a key (0-9, *, #, A-D)
            mute {"direction":"up"}                  => option.direction: error: "up" is none of both, in, out
            mute {"state":"of"}                      => option.state: error: "of" is none of false, off, on, true (did you mean "off"?)
            echo {"duration":-1}                     => option.duration: error: -1 is not 0 to 86400000
            amd {"machine_handle":"hang"}            => option.machine_handle: error: "hang" is none of continue, hangup (did you mean "hangup"?)
            amd {"greeting":99}                      => option.greeting: error: 99 is not 100 to 60000
            wait_beep {"duration":999}               => option.duration: error: 999 is not 1000 to 600000
            fetch {"event_url":"ftp://x"}            => option.event_url: error: "ftp://x" is no address: http://... or https://... is expected
            fetch {"event_url":"http://x","event_method":"PATCH"} => option.event_method: error: "PATCH" is none of DELETE, GET, POST, PUT
            fetch_flow {}                            => option.flow_id: error: a text is expected here
            webhook_send {"data":"x"}                => option.uri: error: a text is expected here
            webhook_send {"uri":"http://x","data":{}} => option.data: error: a text is expected, and this is an object
            tlak {}                                  => type: error: unknown action "tlak" (did you mean "talk"?)
            frobnicate {}                            => type: error: unknown action "frobnicate"
            record {}                                => type: error: unknown action "record" (did you mean "recording_stop"?)
            queue_join {}                            => type: error: this engine does not do "queue_join"
            block {}                                 => type: error: this engine does not do "block"
            stop []                                  => option: error: an object is expected, and this is an array
            stop {"x":1}                             => option.x: warning: unknown option "x" of stop
            """)
    void whatIsWrongWithAnActionIsOneSentenceAndItsPlace(String written, String finding) {
        var examined = FlowReader.examine(actions(written));
        assertThat(examined.findings()).extracting(FlowFinding::toString).containsExactly("actions[0]." + finding);
        assertThat(examined.flow().isPresent()).isEqualTo(finding.contains(": warning: "));
    }

    @Test
    void aHundredKeysAreSentAndNotOneMore() {
        assertThat(FlowReader.examine(actions("digits_send {\"digits\":\"" + "1".repeat(100) + "\"}"))
                        .findings())
                .isEmpty();
        assertThat(FlowReader.examine(actions("digits_send {\"digits\":\"" + "1".repeat(101) + "\"}"))
                        .findings())
                .extracting(FlowFinding::toString)
                .containsExactly("actions[0].option.digits: error: 101 keys are too many: at most 100 are expected");
    }

    /** One action of a type and its options. */
    private static String actions(String written) {
        int space = written.indexOf(' ');
        return "[{\"type\":\"" + written.substring(0, space) + "\",\"option\":"
                + written.substring(space).strip() + "}]";
    }
}
