import CursesTerminal
import Testing
import TerminalUI

struct KeyTranslatorTests {
    @Test(
        arguments: [
            (0x61, Key.character("a")), (0x20, .character(" ")), (0xE9, .character("é")), (0x1F600, .character("😀")),
            (0, .control(" ")), (1, .control("a")), (3, .control("c")), (26, .control("z")), (28, .control("\\")),
            (31, .control("_")), (8, .backspace), (127, .backspace), (9, .tab), (10, .enter), (13, .enter),
            (27, .escape),
        ] as [(UInt32, Key)])
    func `A character is the key that a person pressed for it`(value: UInt32, key: Key) {
        #expect(KeyTranslator.key(scalar: value) == key)
    }

    @Test(arguments: [0x80, 0x9B, 0xD800, 0x11_0000] as [UInt32])
    func `Control bytes of eight bits and what is no character are no keys`(value: UInt32) {
        #expect(KeyTranslator.key(scalar: value) == nil)
    }

    /// The codes are those of curses.h, in octal as there.
    @Test(
        arguments: [
            (0o402, Key.down), (0o403, .up), (0o404, .left), (0o405, .right), (0o406, .home), (0o550, .end),
            (0o407, .backspace), (0o512, .delete), (0o513, .insert), (0o522, .pageDown), (0o523, .pageUp),
            (0o527, .enter), (0o541, .backTab), (0o411, .function(1)), (0o424, .function(12)),
            (0o411 + 62, .function(63)),
            (0o521, .up), (0o520, .down), (0o611, .left), (0o622, .right), (0o534, .home), (0o540, .pageDown),
        ] as [(UInt32, Key)])
    func `A key code is its key, with or without shift`(code: UInt32, key: Key) {
        #expect(KeyTranslator.key(code: code) == key)
    }

    @Test
    func `Codes without a meaning here are no keys`() {
        for code in [0o410, 0o632, 0o631, 0o567, 0] as [UInt32] { #expect(KeyTranslator.key(code: code) == nil) }
    }

    @Test(arguments: [("kUP5", Key.up), ("kDN", .down), ("kLFT3", .left), ("kRIT6", .right), ("kDC5", .delete)])
    func `A key with modifiers is the key`(name: String, key: Key) {
        #expect(KeyTranslator.key(named: name) == key)
    }

    @Test
    func `Names that are no keys of ours are dropped`() {
        for name in ["kxIN", "", "5", "kUP55", "PS"] { #expect(KeyTranslator.key(named: name) == nil) }
    }
}
