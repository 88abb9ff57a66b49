import Foundation
import TerminalUI

/// The text of a screen as a terminal is sent it, with its contrast: from the escape sequences, not from the code that
/// made them.
struct ReadCells {
    /// Text in one kind of cell.
    struct Found: Hashable {
        var codes: String
        /// Hundredths of the contrast ratio.
        var contrast: Int
    }

    /// The colours 0 to 15 of xterm: its resources `color0` to `color15` (file XTerm-col.ad, version 1.22), with the names
    /// of X11's rgb.txt resolved: black, red3, green3, yellow3, blue2, magenta3, cyan3, gray90, gray50, red, green,
    /// yellow, 5c/5c/ff, magenta, cyan, white.
    static let xterm: [UInt32] = [
        0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
        0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]

    /// What is read in a row for each kind of cell: the kinds that are below a contrast.
    private(set) var tooFaint: [Found: String] = [:]
    private(set) var cells = 0

    /// - Parameters:
    ///   - page: what the terminal's own background is.
    ///   - least: the contrast that all text has to have.
    init(_ buffer: Buffer, _ look: Look, page: Color, least: Double = 4.5) {
        var known: [String: Double] = [:]
        for line in buffer.ansi(look: look).split(separator: "\n") {
            var rest = line.unicodeScalars[...]
            var codes = ""
            while let scalar = rest.popFirst() {
                if scalar == "\u{1B}" {
                    codes = String(rest.prefix { $0 != "m" }.dropFirst())
                    rest = rest.drop { $0 != "m" }.dropFirst()
                    continue
                }
                guard ReadCells.isRead(scalar) else { continue }
                cells += 1
                let contrast = known[codes] ?? ReadCells.contrast(codes, page)
                known[codes] = contrast
                guard contrast < least else { continue }
                tooFaint[Found(codes: codes, contrast: Int(contrast * 100)), default: ""].unicodeScalars.append(scalar)
            }
        }
    }

    /// Letters, digits, signs and arrows are text. What is seen as a picture is told apart by its character: a blank, a
    /// dot (`·`, `•`), box drawing (frames, axes, lines), blocks (bars, images, bands), geometric shapes (marks of runs
    /// and of the selected row), braille (charts, images).
    static func isRead(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20, 0xA0, 0xB7, 0x2022, 0x2500...0x25FF, 0x2800...0x28FF: false
        default: true
        }
    }

    /// The contrast after WCAG 2.1 of what a sequence of SGR sets. Bold text in a colour from 0 to 7 counts as bright, too,
    /// wherever that is worse: xterm shows it so (resource `boldColors`).
    static func contrast(_ codes: String, _ page: Color) -> Double {
        var numbers = codes.split(separator: ";").compactMap { Int($0) }[...]
        var (texts, behind) = ([page], page)
        var isBold = false
        func color(_ base: Int) -> [Color] {
            if numbers.first == 2 {
                let channels = numbers.prefix(4).dropFirst().map { UInt8($0) }
                numbers = numbers.dropFirst(4)
                return [Color(channels[0], channels[1], channels[2])]
            }
            let index = numbers.dropFirst().first ?? 0
            numbers = numbers.dropFirst(2)
            return [ColorQuantizer.rgb(index: index)]
        }
        while let number = numbers.popFirst() {
            switch number {
            case 1: isBold = true
            case 30...37: texts = [number - 30, isBold ? number - 22 : number - 30].map { Color(rgb: xterm[$0]) }
            case 90...97: texts = [Color(rgb: xterm[number - 82])]
            case 40...47: behind = Color(rgb: xterm[number - 40])
            case 100...107: behind = Color(rgb: xterm[number - 92])
            case 38: texts = color(number)
            case 48: behind = color(number)[0]
            default: break
            }
        }
        return texts.map { $0.contrast(with: behind) }.min() ?? 1
    }
}
