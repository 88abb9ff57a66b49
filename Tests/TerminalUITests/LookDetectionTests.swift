import TerminalUI
import Testing

@Suite struct LookDetectionTests {
    @Test(
        "The first locale variable that is set decides about UTF-8",
        arguments: [
            (["LANG": "en_US.UTF-8"], GlyphLevel.braille), (["LANG": "de_DE.utf8"], .braille),
            (["LANG": "en_US.UTF-8", "LC_ALL": "C"], .ascii), (["LANG": "C", "LC_CTYPE": "C.UTF-8"], .braille),
            (["LC_ALL": "", "LANG": "C.UTF-8"], .braille), ([:], .ascii), (["LANG": "POSIX"], .ascii),
            (["LANG": "C.UTF-8", "TERM": "linux"], .block),
        ])
    func glyphs(environment: [String: String], expected: GlyphLevel) {
        #expect(GlyphLevel.detect(environment: environment) == expected)
    }

    @Test(
        "Colours follow NO_COLOR, then terminfo, then COLORTERM",
        arguments: [
            ([:], 256, ColorLevel.palette256), (["COLORTERM": "truecolor"], 256, .truecolor),
            (["COLORTERM": "24bit"], 256, .truecolor), ([:], 0x100_0000, .truecolor), ([:], 8, .palette16),
            ([:], 16, .palette16), ([:], -1, .mono), (["COLORTERM": "truecolor"], 8, .palette16),
            (["NO_COLOR": "1", "COLORTERM": "truecolor"], 256, .mono), (["NO_COLOR": ""], 256, .palette256),
        ])
    func colours(environment: [String: String], count: Int, expected: ColorLevel) {
        #expect(ColorLevel.detect(environment: environment, colors: count) == expected)
    }
}
