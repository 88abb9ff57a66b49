import Foundation
import Specs

extension LearningRateSchedule {
    /// The planned length of a run, which schedules that span the run need.
    package struct Run: Sendable, Equatable {
        /// Batches of an epoch.
        package var stepsPerEpoch: Int
        /// Epochs of the run.
        package var epochs: Int

        /// A run of so many epochs.
        package init(stepsPerEpoch: Int, epochs: Int) {
            self.stepsPerEpoch = stepsPerEpoch
            self.epochs = epochs
        }

        var steps: Double { Double(stepsPerEpoch) * Double(epochs) }
    }

    /// The learning rate of one step, as in `keras.optimizers.schedules`, and for one_cycle as in PyTorch's OneCycleLR.
    ///
    /// A warm-up rises in a line from 0, which is the first step's rate, and delays what follows, as in CosineDecay.
    ///
    /// - Parameters:
    ///   - step: steps taken before it, from 0. After the run's planned end, schedules that end there keep their last
    ///     rate.
    ///   - initial: the rate that the schedule starts with, or its peak after a warm-up or within one cycle.
    package func rate(step: Int, initial: Double, run: Run) -> Double {
        let rises = kind.settings.contains(.warmup)
        let rising = rises ? (warmup * Double(run.stepsPerEpoch)).rounded() : 0
        if Double(step) < rising { return initial * Double(step) / rising }
        return decayed(initial, after: Double(step) - rising, run: run, left: max(1, run.steps - rising))
    }

    private func decayed(_ initial: Double, after step: Double, run: Run, left: Double) -> Double {
        let epoch = decaySteps.map(Double.init) ?? Double(max(1, run.stepsPerEpoch))
        let whole = decaySteps.map(Double.init) ?? left
        switch kind {
        case .constant: return initial
        case .exponential: return initial * pow(decayRate, stairs(step / epoch))
        case .inverseTime: return initial / (1 + decayRate * stairs(step / epoch))
        case .piecewise:
            let index = boundaries.firstIndex { step <= Double($0) } ?? boundaries.count
            return index < rates.count ? rates[index] : initial
        case .polynomial: return polynomial(initial, step, whole)
        case .cosine: return initial * mixed(cosine(min(step, whole) / whole))
        case .cosineRestarts: return initial * mixed(restarts(step / epoch))
        case .oneCycle: return oneCycle(initial, step, run.steps)
        }
    }

    private func stairs(_ periods: Double) -> Double { staircase ? periods.rounded(.down) : periods }

    private func polynomial(_ initial: Double, _ step: Double, _ decay: Double) -> Double {
        let cycles = cycle ? max(1, (step / decay).rounded(.up)) : 1
        let share = min(step, decay * cycles) / (decay * cycles)
        return (initial - end) * pow(1 - share, power) + end
    }

    /// From 1 to 0 over shares 0 ... 1.
    private func cosine(_ share: Double) -> Double { 0.5 * (1 + cos(.pi * share)) }

    private func mixed(_ share: Double) -> Double { (1 - alpha) * share + alpha }

    /// The cosine within the period under way, times its peak; `periods` is the time in first periods.
    private func restarts(_ periods: Double) -> Double {
        guard periodFactor > 1 else {
            let number = periods.rounded(.down)
            return pow(peakFactor, number) * cosine(periods - number)
        }
        /// The start of a period, in first periods: a geometric sum.
        func start(_ number: Double) -> Double { (pow(periodFactor, number) - 1) / (periodFactor - 1) }
        var number = max(0, (log(1 + periods * (periodFactor - 1)) / log(periodFactor)).rounded(.down))
        // The logarithms' rounding can miss the period at its very start. Keras's single precision does, for a step.
        if start(number + 1) <= periods { number += 1 } else if start(number) > periods { number -= 1 }
        return pow(peakFactor, number) * cosine((periods - start(number)) / pow(periodFactor, number))
    }

    /// Two phases, from the start up to the peak and down to the end, each half a cosine.
    private func oneCycle(_ peak: Double, _ step: Double, _ steps: Double) -> Double {
        let first = peak / startDivisor
        let last = first / endDivisor
        let turn = rise * steps - 1
        let step = min(step, steps - 1)
        func anneal(from: Double, to: Double, _ share: Double) -> Double { to + (from - to) * cosine(share) }
        if step <= turn { return turn > 0 ? anneal(from: first, to: peak, step / turn) : peak }
        return anneal(from: peak, to: last, (step - turn) / (steps - 1 - turn))
    }
}
