package dev.outdial.media.amd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How the words of the corpus are spoken: phonemes of American English by their ARPABET names. */
final class Lexicon {
    private static final Map<String, List<String>> WORDS = new HashMap<>();

    static {
        for (String line : """
                hello HH AH L OW|hi HH AY|hey HH EY|yes Y EH S|yeah Y AE AH|yep Y EH P|no N OW|who HH UW|is IH Z|this DH IH S
                speaking S P IY K IH NG|smith S M IH TH|here HH IH R|good G UH D|morning M AO R N IH NG|afternoon AE F T ER N UW N
                thank TH AE NG K|you Y UW|for F ER|calling K AO L IH NG|how HH AW|may M EY|can K AE N|i AY|help HH EH L P|with W IH TH
                the DH AH|a AH|an AE N|and AE N D|at AE T|of AH V|to T UW|in IH N|on AO N|it IH T|are AA R|not N AA T|by B AY
                please P L IY Z|leave L IY V|your Y AO R|my M AY|name N EY M|number N AH M B ER|message M EH S IH JH|after AE F T ER
                tone T OW N|beep B IY P|back B AE K|call K AO L|as AE Z|soon S UW N|possible P AA S AH B AH L|available AH V EY L AH B AH L
                unavailable AH N AH V EY L AH B AH L|reached R IY CH T|have HH AE V|been B IH N|forwarded F AO R W ER D IH D
                voicemail V OY S M EY L|voice V OY S|mail M EY L|mailbox M EY L B AA K S|person P ER S AH N|trying T R AY IH NG
                reach R IY CH|phone F OW N|away AH W EY|from F R AH M|right R AY T|now N AW|come K AH M|cannot K AE N AA T|take T EY K
                we W IY|will W IH L|get G EH T|sorry S AA R IY|subscriber S AH B S K R AY B ER|dialed D AY AH L D|dialled D AY AH L D
                moment M OW M AH N T|try T R AY|again AH G EH N|later L EY T ER|record R IH K AO R D|when W EH N|finished F IH N IH SH T
                hang HH AE NG|up AH P|or AO R|press P R EH S|one W AH N|two T UW|three TH R IY|four F AO R|five F AY V|six S IH K S
                seven S EH V AH N|eight EY T|nine N AY N|zero Z IH R OW|more M AO R|options AA P SH AH N Z|sales S EY L Z
                support S AH P AO R T|service S ER V IH S|customer K AH S T AH M ER|office AO F IH S|closed K L OW Z D|our AW R
                hours AW R Z|monday M AH N D EY|friday F R AY D EY|family F AE M AH L IY|johnson JH AA N S AH N|bob B AA B|mary M EH R IY
                sarah S EH R AH|john JH AA N|anna AE N AH|dental D EH N T AH L|plumbing P L AH M IH NG|company K AH M P AH N IY
                acme AE K M IY|welcome W EH L K AH M|listen L IH S AH N|menu M EH N Y UW|following F AA L OW IH NG|so S OW|just JH AH S T
                bye B AY|day D EY|great G R EY T|do D UW|what W AH T|want W AO N T|wait W EY T|hold HH OW L D|me M IY|that DH AE T
                be B IY|has HH AE Z|full F UH L|system S IH S T AH M|automatic AO T AH M AE T IH K|automated AO T AH M EY T IH D
                important IH M P AO R T AH N T|us AH S|line L AY N|thanks TH AE NG K S|news N UW Z|tonight T AH N AY T|weather W EH DH ER
                rain R EY N|sunday S AH N D EY|over OW V ER|there DH EH R|they DH EY|said S EH D|city S IH T IY|was W AH Z|people P IY P AH L
                desk D EH S K|reception R IH S EH P SH AH N|hotel HH OW T EH L|clinic K L IH N IH K|garage G AH R AA ZH|doctor D AA K T ER
                miller M IH L ER|jones JH OW N Z|know N OW|am AE M|called K AO L D|next N EH K S T|if IH F|would W UH D|like L AY K|residence R EH Z IH D AH N S|switched S W IH CH T|off AO F|out AW T|area EH R IY AH
                """.replace('\n', '|').split("\\|")) {
            String[] parts = line.strip().split(" ");
            if (parts.length > 1) WORDS.put(parts[0], List.of(parts).subList(1, parts.length));
        }
    }

    private Lexicon() {}

    /** The phonemes of a text, with {@code |} between words, {@code _} for a comma and {@code .} for the end of a sentence. */
    static List<String> phonemes(String text) {
        var phonemes = new ArrayList<String>();
        for (String token : text.toLowerCase(Locale.ROOT).split("\\s+")) {
            String word = token.replaceAll("[^a-z]", "");
            List<String> spoken = WORDS.get(word);
            if (spoken == null) throw new IllegalArgumentException("no phonemes for '" + word + "'");
            phonemes.addAll(spoken);
            phonemes.add(token.endsWith(",") ? "_" : token.endsWith(".") ? "." : token.endsWith("?") ? "?" : "|");
        }
        return phonemes;
    }
}
