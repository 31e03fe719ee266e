import { describe, expect, it } from 'vitest';
import { device_kind } from './kind.ts';

const of = (userAgent: string, maxTouchPoints = 0) => device_kind({ userAgent, maxTouchPoints });

describe('What a device is called at first', () => {
  it('is what people call it, whoever made it', () => {
    expect(of('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148', 5)).toBe('phone');
    expect(of('Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537.36', 5)).toBe('phone');
    expect(of('Mozilla/5.0 (Android 15; Mobile; rv:140.0) Firefox/140.0', 5)).toBe('phone');
    expect(of('Mozilla/5.0 (Linux; Android 15) Chrome/140 Safari/537.36', 5)).toBe('tablet');
    expect(of('Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) Mobile/15E148', 5)).toBe('tablet');
    expect(of('Mozilla/5.0 (X11; Linux x86_64) Chrome/140')).toBe('computer');
    expect(of('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140', 10)).toBe('computer');
  });
  it('is told apart where a tablet says that it is a computer', () => {
    expect(of('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15', 5)).toBe('tablet');
    expect(of('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.0 Safari/605.1.15')).toBe('computer');
  });
});
