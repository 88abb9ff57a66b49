import TestSupport

/// Somebody who does anything at all in the dashboard, but never leaves it. The same seed does the same.
///
/// What could end the program is kept out: `q` is pressed only where a run of a million epochs is seen to train, as it
/// asks then; Ctrl-C and Ctrl-Z are not pressed, the footer is not clicked, and help is left without choosing in it.
package struct RandomHands {
    /// One thing that is done.
    enum Deed: Equatable {
        /// Keys, one after the other.
        case keys([String])
        /// Bytes that come at once: a paste, a click, a drag.
        case burst(String)
        case resize(width: Int, height: Int)
        /// `q`, and back.
        case leaveAndStay
    }

    static let escape = "\u{1B}"
    private static let enter = "\r"
    private static let up = "\u{1B}OA", down = "\u{1B}OB", right = "\u{1B}OC", left = "\u{1B}OD"
    private static let pages = ["\u{1B}[5~", "\u{1B}[6~", "g", "G"]
    /// Closes all that can lie open; from any depth it leads back to a view.
    static let home = [escape, escape, escape, escape]
    /// Short runs, which end while somebody looks, and long ones, so that something trains most of the time.
    static let specs = [
        "8relu epochs=2", "32relu epochs=3 batch=128", "64tanh epochs=2 batch=128 lr=2e-3",
        "32relu-32relu epochs=9 batch=64",
        "48sigmoid+drop0.2 sgd epochs=6 batch=128", "64relu+bn epochs=12 batch=256", "128relu epochs=20 batch=128",
        "32relu rmsprop epochs=20 batch=256", "16tanh-16tanh-16tanh epochs=8 batch=256 patience=1 restore=true",
        "32relu epochs=1000 batch=512 schedule=cosine", "24relu sgd lr=0.1 epochs=500 batch=32 l2=1e-4",
        "64relu epochs=400 batch=128 ema=0.99", "100relu-50relu epochs=1000 batch=100",
    ]
    /// Keys that are pressed alone, in any view.
    private static let single =
        Array("dwsSznNHLvyAbO=C()&mMfV%KJ-0[]B*xu.>RE").map(String.init) + ["\u{0C}", "\u{12}"]
    private static let filters = [
        "4>9", "4>", ">9", "wrong", "right", "all", "lr<0.01", "optimizer=adam", "name~a", "4>x",
    ]

    private var chance: Chance
    /// The size of the window.
    private(set) var size = (width: 120, height: 40)

    package init(seed: Int) { chance = Chance(seed: seed) }

    /// A wait before the next deed, in milliseconds.
    mutating func pause(upTo most: Int) -> Int { chance.whole(0...most) }

    /// What is done next.
    mutating func next() -> Deed {
        switch chance.whole(0...99) {
        case 0...17: .keys(["\(chance.whole(1...7))"])
        case 18...36: .keys(moves())
        case 37...41: .keys([chance.one(of: ["\t", "\u{1B}[Z"])])
        case 42...60: .keys([chance.one(of: Self.single)])
        case 61...64: .keys([Self.enter])
        case 65...70: .keys([Self.escape])
        case 71...72: .keys(start())
        case 73...75: .keys([chance.one(of: [" ", " ", ".", ">", "r"])])
        case 76...78: .keys(edit())
        case 79...82: .burst(pointing())
        case 83...84: .burst(paste())
        case 85...87: resize()
        case 88...97: .keys(popup())
        case 98: .keys(drawing())
        default: chance.of(0.4) ? .leaveAndStay : .keys(save())
        }
    }

    private mutating func moves() -> [String] {
        let key = chance.one(of: [Self.up, Self.down, Self.left, Self.right, "h", "j", "k", "l"] + Self.pages)
        return Array(repeating: key, count: chance.whole(1...6))
    }

    /// Another spec, and perhaps a run of it.
    private mutating func start() -> [String] {
        let spec = chance.one(of: Self.specs) + " seed=\(chance.whole(1...1000))"
        return Self.home + ["e", "\u{15}", spec, Self.enter] + (chance.of(0.9) ? ["r"] : [])
    }

    /// A setting typed in the composer, perhaps on a row that does not take it.
    private mutating func edit() -> [String] {
        let setting = chance.one(of: [
            "lr=\(chance.near(1e-3))", "l1=\(chance.near(1e-5))", "l2=\(chance.near(1e-4))",
            "epochs=\(chance.whole(1...30))",
            "0", "40tanh", "relu", "none",
        ])
        return Self.home + ["1", "g"] + Array(repeating: "j", count: chance.whole(0...14)) + [
            Self.enter, "\u{15}", setting,
        ]
            + [Self.enter, Self.escape, Self.escape]
    }

    /// Something that lies over the view, and is closed again.
    private mutating func popup() -> [String] {
        let down = Array(repeating: "j", count: chance.whole(0...6))
        let end = [chance.one(of: [Self.enter, Self.escape])]
        let keys: [String] =
            switch chance.whole(0...9) {
            case 0: ["t"] + Array(repeating: Self.down, count: chance.whole(0...5)) + end
            // Stepped and stepped back, so that the program is the same for hours.
            case 1: ["o"] + down + [Self.right, Self.left]
            case 2: ["?", chance.one(of: ["train", "layer", "run", "x"]), Self.down, Self.down, Self.up]
            case 3: ["1", "p"] + down + end
            case 4: ["F"]
            case 5: [chance.one(of: ["4", "6"]), "/", "\u{15}", chance.one(of: Self.filters)] + end
            case 6: ["6"] + down + [chance.one(of: ["i", "I", "T"]), "\u{15}", "a run", Self.enter]
            case 7: ["6"] + down + ["m", "j", "m", chance.one(of: ["2", "3", "d"]), "C"]
            case 8: ["6"] + down + ["x"] + (chance.of(0.5) ? ["u"] : [])
            default: ["6"] + down + [Self.enter, chance.one(of: ["2", "3", "4", "5"])]
            }
        return Self.home + keys + Self.home
    }

    private mutating func drawing() -> [String] {
        let strokes = (0..<chance.whole(4...20)).map { _ in
            chance.one(of: [Self.up, Self.down, Self.left, Self.right, Self.enter, "+", "-", "W"])
        }
        return Self.home + ["7"] + strokes + [chance.one(of: ["x", "u", "X"])]
    }

    private mutating func save() -> [String] {
        Self.home + chance.one(of: [["P"], ["4", "m", "X", Self.escape], ["6", "X", Self.escape]])
    }

    // MARK: - The terminal's own input

    /// A click, the wheel or a drag; not in the last lines, where the footer has keys.
    private mutating func pointing() -> String {
        var (x, y) = (chance.whole(1...size.width), chance.whole(1...max(1, size.height - 4)))
        func report(_ button: Int, _ end: String) -> String { "\u{1B}[<\(button);\(x);\(y)\(end)" }
        switch chance.whole(0...3) {
        case 0: return report(chance.one(of: [64, 65]), "M")
        case 1:
            var drag = report(0, "M")
            for _ in 0..<chance.whole(1...12) {
                (x, y) = (
                    min(size.width, x + chance.whole(0...3)), min(max(1, size.height - 4), y + chance.whole(0...2))
                )
                drag += report(32, "M")
            }
            return drag + report(0, "m")
        default: return report(chance.one(of: [0, 0, 0, 2]), "M") + report(0, "m")
        }
    }

    private mutating func paste() -> String {
        let pieces = Self.specs + ["4>9", "\n", "\t", "é", "数", "\u{7F}", "[31m", String(repeating: "x", count: 500)]
        let text = (0..<chance.whole(1...6)).map { _ in chance.one(of: pieces) }.joined(separator: " ")
        return "\u{1B}[200~\(text)\u{1B}[201~"
    }

    private mutating func resize() -> Deed {
        size = chance.of(0.3) ? (120, 40) : (chance.whole(44...240), chance.whole(14...80))
        return .resize(width: size.width, height: size.height)
    }

    /// Notes that the window was given the size of the start.
    mutating func resized() { size = (120, 40) }
}
