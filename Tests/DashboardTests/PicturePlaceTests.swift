import Dashboard
import Foundation
import Specs
import TerminalUI
import Testing
import Training

/// Where pictures stand in their panels, and how strong their colours are.
@Suite struct PicturePlaceTests {
    private static func isPicture(_ scalar: Unicode.Scalar) -> Bool {
        ["▀", "▄", "█"].contains(scalar) || (0x2801...0x28FF).contains(scalar.value)
    }

    @Test(
        "Between a picture and the left frame there is a blank column, as before text",
        arguments: [(80, 24), (120, 40), (160, 48), (200, 60)])
    func margin(width: Int, height: Int) {
        var states: [(Key, DashboardState)] = [
            ("1", Sample.training()), ("4", Sample.training()), ("5", Sample.inside("128relu-64relu")),
            ("7", Sample.drawing()),
        ]
        for index in states.indices {
            let view = states[index].0
            (states[index].1.width, states[index].1.height) = (width, height)
            Sample.answer(&states[index].1, update(&states[index].1, .input(.key(view))))
            let screen = DrawnScreen(render(states[index].1))
            #expect(screen.panels.contains { $0.lines.joined().contains(where: Self.isPicture) }, "\(view)")
            for panel in screen.panels {
                let touching = panel.lines.count { $0.first.map(Self.isPicture) ?? false }
                #expect(touching == 0, "\(panel.title) of view \(view)")
            }
        }
    }

    @Test("A unit of small weights is faint in the large picture, too: it has the scale of the others")
    func scale() throws {
        var state = Sample.inside("64relu", width: 160, height: 48)
        let before = try Self.strength(of: "unit 1 of layer 1", state)
        var found = try #require(state.inspection)
        for index in found.units.indices where found.units[index].unit == 0 {
            found.units[index].weights = found.units[index].weights.map { $0 / 100 }
        }
        _ = update(&state, .inspection(found, run: 1))
        let after = try Self.strength(of: "unit 1 of layer 1", state)
        #expect(before > 150 && after < before / 4, "\(after) of \(before)")
    }

    /// How far apart the lightest and the darkest half block of a panel are, 0 ... 765.
    private static func strength(of title: String, _ state: DashboardState) throws -> Int {
        let buffer = render(state)
        let lines = buffer.text.components(separatedBy: "\n")
        let top = try #require(lines.firstIndex { $0.contains(title) })
        let range = try #require(lines[top].range(of: title))
        let left = lines[top].distance(from: lines[top].startIndex, to: range.lowerBound)
        var shades: [Int] = []
        for y in (top + 1)..<min(top + 15, buffer.height) {
            for x in left..<min(left + 30, buffer.width) where buffer[x, y].scalar == "▀" {
                let style = buffer[x, y].style
                shades += [style.foreground, style.background].map { Int($0.red) + Int($0.green) + Int($0.blue) }
            }
        }
        return try #require(shades.max()) - (try #require(shades.min()))
    }
}
