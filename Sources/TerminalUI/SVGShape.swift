/// The shapes of one colour, as path data.
struct SVGPaths {
    var strokes = ""
    var heavy = ""
    var dots = ""
    var areas = ""

    func elements(_ color: String) -> [String] {
        var result: [String] = []
        if !areas.isEmpty { result.append("<path d=\"\(areas)\" fill=\"\(color)\" shape-rendering=\"crispEdges\"/>") }
        for (data, width) in [(strokes, "1.2"), (heavy, "2.4")] where !data.isEmpty {
            result.append("<path d=\"\(data)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"\(width)\"/>")
        }
        if !dots.isEmpty {
            result.append(
                "<path d=\"\(dots)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"2.5\" stroke-linecap=\"round\"/>")
        }
        return result
    }
}

/// A glyph that is drawn rather than written, for fonts leave gaps in it or lack it.
enum SVGShape: Equatable {
    /// Dots of U+2800.
    case braille(UInt32)
    /// A part of the cell, in eighths from its top left corner.
    case area(left: Int, top: Int, right: Int, bottom: Int)
    /// Lines from the middle of the cell to its edges.
    case lines(up: Bool, down: Bool, left: Bool, right: Bool, rounded: Bool, heavy: Bool)

    static func of(_ scalar: Unicode.Scalar) -> SVGShape? {
        func light(_ directions: String, rounded: Bool = false, heavy: Bool = false) -> SVGShape {
            .lines(
                up: directions.contains("u"), down: directions.contains("d"), left: directions.contains("l"),
                right: directions.contains("r"), rounded: rounded, heavy: heavy)
        }
        switch scalar {
        case "─": return light("lr")
        case "━": return light("lr", heavy: true)
        case "│": return light("ud")
        case "╭": return light("dr", rounded: true)
        case "╮": return light("dl", rounded: true)
        case "╰": return light("ur", rounded: true)
        case "╯": return light("ul", rounded: true)
        case "┌": return light("dr")
        case "┐": return light("dl")
        case "└": return light("ur")
        case "┘": return light("ul")
        case "├": return light("udr")
        case "┤": return light("udl")
        case "┬": return light("dlr")
        case "┴": return light("ulr")
        case "┼": return light("udlr")
        case "▀": return .area(left: 0, top: 0, right: 8, bottom: 4)
        case "▐": return .area(left: 4, top: 0, right: 8, bottom: 8)
        default: break
        }
        switch scalar.value {
        case 0x2801...0x28FF: return .braille(scalar.value - 0x2800)
        case 0x2581...0x2588: return .area(left: 0, top: 8 - Int(scalar.value - 0x2580), right: 8, bottom: 8)
        case 0x2589...0x258F: return .area(left: 0, top: 0, right: 8 - Int(scalar.value - 0x2588), bottom: 8)
        default: return nil
        }
    }

    /// Whether neighbours of this shape in a row are the same as one wide one.
    var joins: Bool {
        switch self {
        case .braille: false
        case .area(let left, _, let right, _): left == 0 && right == 8
        case .lines(let up, let down, let left, let right, _, _): left && right && !up && !down
        }
    }

    /// Adds the shape for a cell whose top left corner is at (x, y), in pixels.
    func add(to paths: inout SVGPaths, x: Int, y: Int, width: Int, height: Int) {
        switch self {
        case .braille(let bits):
            for row in 0..<4 {
                for column in 0..<2 where bits & PlotCanvas.bits[row][column] != 0 {
                    paths.dots +=
                        "M\(coordinate(8 * x + width * (2 + 4 * column)))"
                        + " \(coordinate(8 * y + height * (1 + 2 * row)))h0"
                }
            }
        case .area(let left, let top, let right, let bottom):
            paths.areas +=
                "M\(coordinate(8 * x + width * left)) \(coordinate(8 * y + height * top))"
                + "h\(coordinate(width * (right - left)))v\(coordinate(height * (bottom - top)))"
                + "h\(coordinate(-width * (right - left)))z"
        case .lines(let up, let down, let left, let right, let rounded, let heavy):
            let (middleX, middleY) = (coordinate(8 * x + 4 * width), coordinate(8 * y + 4 * height))
            let horizontal = coordinate(8 * (left ? x : x + width))
            let vertical = coordinate(8 * (up ? y : y + height))
            var data = ""
            if rounded {
                data = "M\(horizontal) \(middleY)Q\(middleX) \(middleY) \(middleX) \(vertical)"
            } else {
                if left || right {
                    data += "M\(left ? coordinate(8 * x) : middleX) \(middleY)"
                    data += "H\(right ? coordinate(8 * (x + width)) : middleX)"
                }
                if up || down {
                    data += "M\(middleX) \(up ? coordinate(8 * y) : middleY)"
                    data += "V\(down ? coordinate(8 * (y + height)) : middleY)"
                }
            }
            if heavy { paths.heavy += data } else { paths.strokes += data }
        }
    }

    /// A length in eighths of a pixel as decimal text.
    private func coordinate(_ eighths: Int) -> String {
        let sign = eighths < 0 ? "-" : ""
        let (whole, rest) = (abs(eighths) / 8, abs(eighths) % 8)
        let decimals = ["", ".125", ".25", ".375", ".5", ".625", ".75", ".875"]
        return "\(sign)\(whole)\(decimals[rest])"
    }
}
