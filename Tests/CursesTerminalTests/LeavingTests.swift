import CursesTerminal
import Foundation
import Synchronization
import TestSupport
import Testing

extension LoadedTerminfoTests {
    @Test
    func `Where there is no second screen the drawing is cleared away`() throws {
        let plain = try TerminalType(environment: ["TERM": "vt100"], wanted: nil)
        #expect(plain.clearing == "\u{1B}[H\u{1B}[J")
        #expect(plain.farewell.hasSuffix(plain.clearing))
        let switching = try TerminalType(environment: ["TERM": "xterm-256color"], wanted: nil)
        #expect(switching.clearing.isEmpty)
        #expect(switching.farewell.contains("\u{1B}[?1049l"))
    }

    @Test(arguments: ["xterm-256color", "tmux-256color", "screen", "linux", "vt100"])
    func `Whatever ends the program, pastes are marked no more`(type: String) throws {
        #expect(try TerminalType(environment: ["TERM": type], wanted: nil).farewell.contains("\u{1B}[?2004l"))
    }
}

@Suite(.disabled(if: Sanitizer.isOn, Comment(rawValue: Sanitizer.hasStacks)))
struct ThreadStackTests {
    @Test
    func `A protected thread has a stack for handlers, made once`() throws {
        let stacks = onThread {
            let before = Self.handlerStack()
            CursesTerminal.protectThreadStack()
            let first = Self.handlerStack()
            CursesTerminal.protectThreadStack()
            return [before, first, Self.handlerStack()]
        }
        let first = try #require(stacks[1])
        #expect(stacks[0] == nil)
        #expect(first.size >= 32 * 1024)
        #expect(stacks[2] == first)
    }

    private struct Stack: Equatable, Sendable {
        let start: UInt
        let size: Int
    }

    private static func handlerStack() -> Stack? {
        var present = stack_t()
        guard sigaltstack(nil, &present) == 0, present.ss_flags & Int32(SS_DISABLE) == 0 else { return nil }
        return Stack(start: UInt(bitPattern: present.ss_sp), size: Int(present.ss_size))
    }

    private func onThread(_ work: @escaping @Sendable () -> [Stack?]) -> [Stack?] {
        let result = Stacks()
        let done = DispatchSemaphore(value: 0)
        Thread {
            let stacks = work()
            result.values.withLock { $0 = stacks }
            done.signal()
        }.start()
        done.wait()
        return result.values.withLock { $0 }
    }

    private final class Stacks: Sendable {
        let values = Mutex<[Stack?]>([])
    }
}
