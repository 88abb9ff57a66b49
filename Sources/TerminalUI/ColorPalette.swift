/// The colours of a terminal that has 256 of them, or the first 16 alone.
enum ColorPalette {
    /// The six levels of a channel in the cube of the colours 16 to 231, as xterm defines them.
    static let cube: [Int] = [0, 95, 135, 175, 215, 255]

    /// The colours 0 to 15 as the console of a PC has them, and many terminals after it.
    private static let console: [UInt32] = [
        0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA,
        0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF,
    ]

    /// The same as xterm has them (its resources `color0` to `color15`, `XTerm-col.ad`): the yellow is bright where
    /// others have a brown.
    private static let xterm: [UInt32] = [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]

    /// All of them; the first 16 as the console has them, for people change these.
    static let colors: [Color] = console.map { Color(rgb: $0) } + (16..<256).map(made)

    static let perceived: [PerceivedColor] = colors.map(PerceivedColor.init)

    private static let luminances: [Double] = colors.map(\.luminance)
    private static let xtermLuminances: [Double] = xterm.map { Color(rgb: $0).luminance }

    private static func made(_ index: Int) -> Color {
        if index >= 232 {
            let grey = UInt8(8 + 10 * (index - 232))
            return Color(grey, grey, grey)
        }
        let place = index - 16
        return Color(UInt8(cube[place / 36]), UInt8(cube[place / 6 % 6]), UInt8(cube[place % 6]))
    }

    private static func ratio(_ a: Double, _ b: Double) -> Double { (max(a, b) + 0.05) / (min(a, b) + 0.05) }

    /// The contrast of two of the 256 colours.
    static func contrast(_ text: Int, on background: Int) -> Double { ratio(luminances[text], luminances[background]) }

    /// The contrast of two of the 16 colours as xterm has them.
    static func contrastOfXterm(_ text: Int, on background: Int) -> Double {
        ratio(xtermLuminances[text], xtermLuminances[background])
    }

    /// The contrast of two of the 16 colours, in xterm's or in the console's, wherever it is less.
    static func leastContrast(_ text: Int, on background: Int) -> Double {
        min(contrast(text, on: background), contrastOfXterm(text, on: background))
    }

    /// Which of the 16 colours can be read on one of them: wherever they come from, or at least in xterm. There is
    /// always one, as black or white can be read on any colour.
    static func readable(on background: Int) -> [Int] { readableOn[background] }

    private static let readableOn: [[Int]] = (0..<16).map { background in
        let everywhere = (0..<16).filter { leastContrast($0, on: background) >= Theme.leastContrast }
        let inXterm = (0..<16).filter { contrastOfXterm($0, on: background) >= Theme.leastContrast }
        return everywhere.isEmpty ? inXterm : everywhere
    }

    /// The candidate that is most like a colour: of its hue before all, and of its lightness. A grey stays a grey.
    ///
    /// - Parameter spent: candidates that are taken where nothing else is near.
    static func alike(_ color: Color, among candidates: [Int], spent: Set<Int> = []) -> Int {
        let wanted = PerceivedColor(color)
        let isGrey = wanted.chroma < 0.045
        func cost(_ index: Int) -> Double {
            let candidate = perceived[index]
            let step = candidate.lightness - wanted.lightness
            var cost = 0.5 * step * step + (spent.contains(index) ? 0.3 : 0)
            if candidate.chroma < 0.03 {
                // Better no colour than another one.
                cost += isGrey ? 0 : 0.25
            } else if isGrey {
                cost += 1
            } else {
                let turn = PerceivedColor.angle(candidate.hue, wanted.hue) / 90
                cost += 0.5 * turn * turn
            }
            return cost
        }
        return candidates.min { cost($0) < cost($1) } ?? 0
    }
}
