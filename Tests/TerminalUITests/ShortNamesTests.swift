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

    @Test("What would be equal is not shortened to it")
    func equal() {
        #expect(ShortNames(["ankle boot", "rubber boot"]).fitting(9) == ["ankle bot", "rubber bt"])
        #expect(ShortNames(["xxxxxxxx1", "xxxxxxxx2"]).fitting(6) == nil)
        #expect(ShortNames([]).fitting(6) == nil)
    }
}
