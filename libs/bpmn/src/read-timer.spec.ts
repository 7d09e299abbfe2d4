import { describe, expect, it } from '@jest/globals';
import { parseBpmn } from './parse-bpmn.js';

async function timerOf(content: string, event = 'intermediateCatchEvent') {
  const { processes, problems } = await parseBpmn(`<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="t"><process id="p" isExecutable="true"><task id="first"/><${event} id="x">
    <timerEventDefinition>${content}</timerEventDefinition></${event}>
    <sequenceFlow id="f" sourceRef="${event === 'startEvent' ? 'x' : 'first'}" targetRef="${event === 'startEvent' ? 'first' : 'x'}"/></process></definitions>`);
  const found = processes[0]?.elements[2]?.event;
  return {
    source: found?.kind === 'timer' ? found.timer.expression.source : undefined,
    codes: problems.map(({ code }) => code),
  };
}

describe('a timer', () => {
  it.each([
    ['PT5S', '<timeDuration>PT5S</timeDuration>'],
    ['-PT5S', '<timeDuration>-PT5S</timeDuration>'],
    ['= duration("PT5S")', '<timeDuration>= duration("PT5S")</timeDuration>'],
    ['=duration("PT5S")', '<timeDuration xsi:type="tFormalExpression" language="feel">duration("PT5S")</timeDuration>'],
    ['=wait', '<timeDuration>${wait}</timeDuration>'],
    ['R3/PT1H', '<timeCycle>R3/PT1H</timeCycle>'],
    ['0 0 9 * * MON', '<timeCycle>0 0 9 * * MON</timeCycle>'],
  ])('is read: %s', async (source, content) => {
    expect(await timerOf(content)).toEqual({ source, codes: [] });
  });

  it.each([
    ['a cycle without a repetition', '<timeCycle>R0/PT1H</timeCycle>'],
    ['a cycle that goes back', '<timeCycle>R/-PT1H</timeCycle>'],
    ['words', '<timeDuration>five minutes</timeDuration>'],
  ])('is refused: %s', async (_, content) => {
    expect((await timerOf(content)).codes).toEqual(['bpmn.invalidTimer']);
  });

  it('needs no variables where it starts the process', async () => {
    const { codes } = await timerOf('<timeDuration>=wait</timeDuration>', 'startEvent');

    expect(codes).toEqual(['bpmn.invalidTimer']);
  });
});
