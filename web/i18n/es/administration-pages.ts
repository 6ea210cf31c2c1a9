/** Textos de lo que hacen los administradores: el final de una conexión. */
export const administrationPages = {
  disconnect: {
    title: 'Desconectar',
    text: 'Se elimina el webhook en la plataforma, se olvidan las claves y ya no se transfiere nada. Todas las pruebas de consentimiento se conservan, y también lo último que se supo de ambos lados: si más adelante conecta la misma lista de correo, el conector sigue desde ahí.',
    button: 'Desconectar…',
    question: '¿Desconectar {{name}}?',
    warning: 'A partir de entonces, las bajas en la plataforma ya no llegan solas a onOffice.',
    audience: '¿Qué pasa con la lista de correo?',
    keep: 'Se queda como está',
    keepHint: 'Quienes están suscritos siguen suscritos y pueden recibir newsletters de la plataforma.',
    takeOut: 'Sacar a quienes el conector incluyó',
    takeOutHint:
      '{{put, number}} de {{active, number}} miembros activos; quien llegó de otro modo se queda. Se deshace al conectar de nuevo. Quien se dio de baja sigue de baja.',
    takeOutNotNow: 'No es posible en este momento: antes, la conexión necesita su atención.',
    confirm: 'Desconectar ahora',
    removed: 'La conexión se ha eliminado.',
    disconnected: 'La conexión ha terminado.',
    leaving: 'Se está sacando a los miembros; después terminará la conexión.',
    leavingTitle: 'Esta conexión está terminando',
    leavingText:
      'Se está sacando de la lista de correo a quienes el conector incluyó. Puede cerrar esta ventana. Las bajas siguen llegando a onOffice.',
    leavingProgress: '{{done, number}} de {{total, number}} fuera de la lista',
    endNow: 'Terminar ya',
    endNowQuestion: '¿Terminar sin sacar a los demás?',
    endNowText: 'Quienes aún no han salido se quedan en la lista de correo.',
    endedTitle: 'Esta conexión ha terminado',
    endedText:
      'Ya no se transfiere nada, y las bajas en la plataforma no llegan a onOffice. Aquí ve lo último que se supo de ambos lados; las pruebas de consentimiento se pueden seguir consultando.',
    again: 'Conectar de nuevo',
    againHint:
      'Elija otra vez la lista de correo «{{name}}» y el conector seguirá con lo que ya sabe. Primero verá una vista previa.',
  },
} as const;
