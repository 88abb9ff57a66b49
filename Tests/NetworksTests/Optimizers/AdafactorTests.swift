import Foundation
import Networks
import Specs
import Testing

@Suite struct AdafactorTests {
    @Test(arguments: OptimizerGolden.lines(of: .adafactor))
    func `weights follow Keras's for 100 steps`(line: String) throws { try OptimizerGolden.follow(line) }

    @Test func `Keras has its class and its settings`() {
        #expect(Optimizer(.adafactor).keras.className == "Adafactor")
        #expect(kerasArguments(.adafactor) == ["beta_2_decay", "epsilon_1", "epsilon_2", "clip_threshold"])
    }

    @Test func `it keeps as many arrays as its formula needs`() {
        #expect(Optimizer(.adafactor).momentCount == 0)
    }

    private func meanSquare(_ values: [Double]) -> Double {
        values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
    }

    @Test func `steps agree with the formula`() throws {
        // `a` has a kernel's means over rows in its first values, `b` those over columns, or a vector's squares.
        let line = "adafactor lr=0.3 beta2decay=-0.5 epsilon1=1e-4 epsilon2=0.01 clipthreshold=0.7 wd=0.01"
        try expectByHand(line) { variable, t in
            let kept = 1 - pow(t, -0.5)
            let (rows, columns) = (variable.rows, variable.columns)
            func mean(_ old: Double, _ places: [Int]) -> Double {
                let squares = places.reduce(0) { $0 + variable.g[$1] * variable.g[$1] } / Double(places.count)
                return kept * old + (1 - kept) * (squares + 1e-4)
            }
            let columnMeans = (0..<columns).map { column in
                mean(variable.b[column], (0..<rows).map { $0 * columns + column })
            }
            let rowMeans = (0..<rows).map { row in
                mean(variable.a[row], (0..<columns).map { row * columns + $0 })
            }
            variable.b.replaceSubrange(0..<columns, with: columnMeans)
            variable.a.replaceSubrange(0..<rows, with: rowMeans)
            let all = rowMeans.reduce(0, +) / Double(rows)
            let direction = variable.g.indices.map { place in
                let row = variable.isKernel ? rowMeans[place / columns] / all : 1
                return variable.g[place] / (row * columnMeans[place % columns]).squareRoot()
            }
            variable.w = variable.w.map { $0 * (1 - 0.3 * 0.01) }
            let size = max(0.01, meanSquare(variable.w).squareRoot())
            let rate = size * min(0.3, 1 / t.squareRoot()) / max(1, meanSquare(direction).squareRoot() / 0.7)
            for place in variable.w.indices { variable.w[place] -= rate * direction[place] }
        }
    }
}
