import TerminalUI
import Testing

@Suite struct ShortNamesTests {
    private let clothes = ShortNames([
        "T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
    ])

    @Test("Names are whole where they fit, else their last word, else without vowels, and they stay different")
    func forms() {
        #expect(clothes.fitting(10) == clothes.names)
        #expect(clothes.fitting(8)?.suffix(1) == ["boot"] && clothes.fitting(8)?[2] == "pullover")
        #expect(
            clothes.fitting(6)
                == ["T-shrt", "trousr", "pullvr", "dress", "coat", "sandal", "shirt", "sneakr", "bag", "boot"])
        #expect(clothes.fitting(5) == nil)
        #expect(ShortNames(["cat", "dog"]).fitting(3) == ["cat", "dog"])
    }

    @Test("Names that begin alike are told apart by their ends")
    func ends() {
        let signs = ShortNames(["speed limit 20", "speed limit 120", "stop", "no entry"])
        #expect(signs.beginnings(6) == nil)
        #expect(signs.ends(6) == ["spe 20", "spe120", "stop", "no try"])
        #expect(ShortNames(["sandal", "shirt", "coat"]).ends(2) == ["sl", "st", "ct"])
        #expect(ShortNames(["aa1", "ab1"]).ends(2) == nil && ShortNames(["a", "b"]).ends(1) == nil)
        #expect(ShortNames(["水1x2", "水1x3"]).ends(3) == ["水2", "水3"])
        #expect(ShortNames([]).ends(4) == nil)
    }

    @Test("What would be equal is not shortened to it")
    func equal() {
        #expect(ShortNames(["ankle boot", "rubber boot"]).fitting(9) == ["ankle bot", "rubber bt"])
        #expect(ShortNames(["xxxxxxxx1", "xxxxxxxx2"]).fitting(6) == nil)
        #expect(ShortNames([]).fitting(6) == nil)
    }
}
