import Dashboard
import Foundation
import Specs
import TerminalUI

/// The lists that lie over a view. Wider ones need fewer lines for the same words: what is counted is what they name.
extension MeasuredView {
    static let popups = [presets, options, help, activations]

    static var presets: MeasuredView {
        let names = Presets.all.map(\.name)
        // The longest spec, so that all of its words count.
        let state = opened("p", .end)
        let words = state.spec(of: Presets.all[names.count - 1]).split(separator: " ").map(String.init)
        return popup("presets", state) { screen in
            [
                "presets": screen.found(names.map { " \($0) " }, "presets"),
                "words of the spec": screen.found(words, "presets"),
            ]
        }
    }

    static var options: MeasuredView {
        let labels = Preference.allCases.map(\.label)
        return popup("options", opened("o")) { screen in
            [
                "options": screen.panels(["options"]).flatMap(\.texts).filter { line in
                    labels.contains { line.dropFirst(4).hasPrefix($0 + " ") }
                }.count,
                "words of the meaning": screen.found(["beside", "configuration"], "options"),
            ]
        }
    }

    static var help: MeasuredView {
        // A name and the first words of what it does, which stand in one line of the narrowest column.
        let lines = KeyMap.bindings.map { binding in
            let name = String(binding.name().prefix(11))
            var words = binding.help.split(separator: " ").prefix(3)
            while words.joined(separator: " ").count > 24 { words.removeLast() }
            return name + String(repeating: " ", count: 12 - name.count) + words.joined(separator: " ")
        }
        return popup("help", opened("?"), list: "commands") { screen in
            let text = screen.panels(["keys"]).flatMap(\.texts).joined(separator: "\n")
            return ["commands": Set(lines).reduce(0) { $0 + text.components(separatedBy: " " + $1).count - 1 }]
        }
    }

    static var activations: MeasuredView {
        let names = Activation.Kind.allCases.map(\.rawValue)
        return popup("activations", opened("f")) { screen in
            let lines = screen.panels(["activation"]).flatMap(\.texts)
            return [
                "activations": names.filter { name in lines.contains { $0.dropFirst(3).hasPrefix(name + " ") } }.count,
                "words of the formula": screen.found(["max_value;", "negative_slope·(z"], "activation"),
            ]
        }
    }

    /// - Parameter list: the count of the list's own lines; nil where it has the view's name.
    private static func popup(
        _ name: String, _ state: DashboardState, list: String? = nil,
        _ counts: @escaping @Sendable (DrawnScreen) -> [String: Int]
    ) -> MeasuredView {
        let list = list ?? name
        var view = MeasuredView(
            name: name, state: state, counts: counts,
            said: { screen in [list: (counts(screen)[list] ?? 0) + screen.leftOut] })
        view.isPopup = true
        return view
    }

    private static func opened(_ keys: Key...) -> DashboardState {
        var state = Sample.ready()
        for key in keys { Sample.press(&state, key) }
        return state
    }
}

extension DashboardState {
    /// A preset's spec as the list shows it.
    fileprivate func spec(of preset: Preset) -> String {
        var spec = preset.spec
        (spec.network.inputs, spec.network.classes) =
            (self.composer.spec.network.inputs, self.composer.spec.network.classes)
        return spec.description
    }
}
